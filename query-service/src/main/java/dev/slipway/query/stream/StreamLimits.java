package dev.slipway.query.stream;

import java.time.Duration;

/**
 * How long all streams wait for their clients.
 *
 * @param send for a client to take a frame
 * @param silence of a followed stream of plain text, in which nothing can be written that would
 *     tell whether its reader is still there
 */
public record StreamLimits(Duration send, Duration silence, KeepAlive.Times keepAlive) {}
