package dev.slipway.model.service;

import dev.slipway.model.Secret;

/** A variable of a container's environment; its value may be a password, so it never prints. */
public record EnvironmentVariable(String key, Secret value) {}
