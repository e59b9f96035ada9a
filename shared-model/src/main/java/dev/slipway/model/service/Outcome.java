package dev.slipway.model.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last operation ended, with what stood in its way.
 *
 * @param reason why it failed, null if it succeeded
 */
public record Outcome(
    Operation operation, Instant ended, boolean success, @Nullable String reason) {}
