package dev.slipway.query.exec;

/**
 * What is set of commands run by hand.
 *
 * @param allowed whether any may be
 */
record ExecSettings(boolean allowed, ExecSocket.Limits limits) {}
