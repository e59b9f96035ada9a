package dev.slipway.model.container;

import org.jspecify.annotations.Nullable;

/**
 * How a container ended that its Engine starts again by itself.
 *
 * @param times how often the Engine has done so since it was last asked to start the container,
 *     this time included; null where it was not told
 */
public record Restart(int exitCode, boolean oomKilled, @Nullable Integer times) {}
