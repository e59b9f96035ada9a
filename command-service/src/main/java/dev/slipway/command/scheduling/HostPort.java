package dev.slipway.command.scheduling;

import dev.slipway.model.service.PortSpec.Protocol;

/** A port of a node. */
public record HostPort(Protocol protocol, int port) {

  @Override
  public String toString() {
    return port + "/" + protocol.text();
  }
}
