package dev.slipway.model.service;

/** A link to another service, under a name that need not be that service's own. */
public record ServiceLink(ServiceId to, String name) {}
