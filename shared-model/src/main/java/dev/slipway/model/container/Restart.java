package dev.slipway.model.container;

/** How a container ended that its Engine starts again by itself. */
public record Restart(int exitCode, boolean oomKilled) {}
