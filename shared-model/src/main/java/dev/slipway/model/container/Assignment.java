package dev.slipway.model.container;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import org.jspecify.annotations.Nullable;

/**
 * What a node must have of one container. The topic keeps the newest for each container; a record
 * without a value says that nothing of it is left to do.
 *
 * @param starts how often the container was asked to start; a container found exited is started
 *     again only if this is more than the agent has done
 * @param version the service's version that this follows from; of two the higher counts
 * @param stamp the place in the log that this follows from, null if its writer did not say; readers
 *     take it from the record's headers
 * @param byHand whether it may be started by hand, because it ended by itself and nobody asked it
 *     to stop; null if not
 * @param login to pull its image with, null if there is none
 * @param operation of the service that was in progress, null if there was none; its containers get
 *     one image
 */
public record Assignment(
    ContainerId container,
    ServiceId service,
    NodeId node,
    Wanted wanted,
    int starts,
    long version,
    ContainerSpec spec,
    @Nullable LogStamp stamp,
    @Nullable Boolean byHand,
    @Nullable RegistryLogin login,
    @Nullable ActionId operation) {

  /** An assignment whose place in the log is not known. */
  public Assignment(
      ContainerId container,
      ServiceId service,
      NodeId node,
      Wanted wanted,
      int starts,
      long version,
      ContainerSpec spec) {
    this(container, service, node, wanted, starts, version, spec, null, null, null, null);
  }

  public Assignment with(ContainerSpec other) {
    return new Assignment(
        container, service, node, wanted, starts, version, other, stamp, byHand, login, operation);
  }

  public Assignment with(@Nullable LogStamp place) {
    return new Assignment(
        container, service, node, wanted, starts, version, spec, place, byHand, login, operation);
  }

  /** Whether it may be started by hand. */
  public boolean mayBeStartedByHand() {
    return wanted == Wanted.STOPPED && Boolean.TRUE.equals(byHand);
  }

  /** How a container is wanted on its node. */
  public enum Wanted {
    RUNNING,
    STOPPED,
    /** Gone; its volumes stay for the container that follows it in its slot. */
    REMOVED,
    /** Gone, and its volumes with it. */
    ERASED
  }
}
