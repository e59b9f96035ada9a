package dev.slipway.model.container;

import dev.slipway.model.service.PortSpec.Protocol;

/** A port of a container as the Engine really has published it on the node. */
public record PublishedPort(Protocol protocol, int innerPort, int outerPort) {}
