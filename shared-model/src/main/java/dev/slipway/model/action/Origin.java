package dev.slipway.model.action;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for something, from where, and why.
 *
 * @param reason what the client gave as its reason, null if nothing
 */
public record Origin(String user, String ip, String userAgent, @Nullable String reason) {}
