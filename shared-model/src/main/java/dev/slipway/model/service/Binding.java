package dev.slipway.model.service;

import org.jspecify.annotations.Nullable;

/**
 * A volume of a service's containers: a path of the host, a volume of their own, or (with {@code
 * volumesFrom}) the volumes of another service.
 */
public record Binding(
    @Nullable String hostPath,
    @Nullable String containerPath,
    boolean rewritable,
    @Nullable ServiceId volumesFrom) {}
