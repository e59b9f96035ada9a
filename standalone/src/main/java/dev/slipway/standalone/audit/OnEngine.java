package dev.slipway.standalone.audit;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;

/**
 * A container of Slipway's as an Engine has it.
 *
 * @param engine where the Engine is
 * @param engineId the Engine's own id of it
 * @param slot as its label says
 */
public record OnEngine(
    String engine,
    String engineId,
    String name,
    ServiceId service,
    ContainerId container,
    NodeId node,
    String slot,
    boolean running) {}
