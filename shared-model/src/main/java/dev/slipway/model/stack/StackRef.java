package dev.slipway.model.stack;

/** The stack that a service is in, with the name that goes into the service's own names. */
public record StackRef(StackId id, String name) {}
