package dev.slipway.model.service;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work on one container alone, under way: the service's state follows from its containers
 * meanwhile.
 *
 * @param container the newest in the slot: a redeploy puts another in its place
 * @param deadline when it ends, come what may
 * @param problem why the container could not be had, null mostly
 */
public record ContainerOperation(
    ActionId id,
    OperationKind kind,
    ContainerId container,
    int slot,
    Instant deadline,
    boolean reuseVolumes,
    @Nullable String problem) {

  boolean leavesVolumes() {
    return kind == OperationKind.REDEPLOY && reuseVolumes;
  }

  boolean renewsVolumes() {
    return kind == OperationKind.REDEPLOY && !reuseVolumes;
  }

  ContainerOperation on(ContainerId replacement) {
    return new ContainerOperation(id, kind, replacement, slot, deadline, reuseVolumes, problem);
  }

  ContainerOperation withProblem(String reason) {
    return new ContainerOperation(id, kind, container, slot, deadline, reuseVolumes, reason);
  }
}
