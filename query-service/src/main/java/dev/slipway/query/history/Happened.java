package dev.slipway.query.history;

import dev.slipway.model.wire.Envelope;

/**
 * An event of a service, and what it left.
 *
 * @param state that the service was in after it, in the API's words
 */
public record Happened(Envelope<Object> envelope, String state) {}
