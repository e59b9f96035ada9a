package dev.slipway.model.container;

import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One container of a service, as the log tells it.
 *
 * @param slot the number in its name, from 1
 * @param generation how many containers have filled the slot, this one included
 * @param revision of the service's definition that it was made from
 * @param starts how often it was asked to start
 * @param variables that were fixed when it was placed
 * @param data the generation that began with empty volumes, null if they are the slot's first
 */
public record Container(
    ContainerId id,
    int slot,
    int generation,
    int revision,
    NodeId node,
    ContainerPhase phase,
    int starts,
    List<EnvironmentVariable> variables,
    @Nullable Integer data,
    ContainerRuntime runtime) {

  public Container {
    variables = List.copyOf(variables);
  }

  public static Container placed(ContainerPlaced placed, Instant at) {
    return new Container(
        placed.container(),
        placed.slot(),
        placed.generation(),
        placed.revision(),
        placed.node(),
        ContainerPhase.STARTING,
        1,
        placed.variables(),
        placed.data(),
        ContainerRuntime.deployed(at));
  }

  /** Whether the volumes of both are the same, where both are on one node. */
  public boolean sharesDataWith(Container other) {
    return slot == other.slot && Objects.equals(data, other.data);
  }

  public boolean is(ContainerPhase phase) {
    return this.phase == phase;
  }

  public Container startRequested() {
    return with(ContainerPhase.STARTING, starts + 1, runtime);
  }

  public Container stopRequested() {
    return with(ContainerPhase.STOPPING, starts, runtime);
  }

  public Container removalRequested() {
    return with(ContainerPhase.TERMINATING, starts, runtime);
  }

  public Container created(String engineId, @Nullable ImageFacts image) {
    return with(phase, starts, runtime.created(engineId, image));
  }

  /** A container that is on its way out stays so: the report was sent before it was asked to go. */
  public Container started(ContainerStarted event, Instant at) {
    boolean fresh = phase == ContainerPhase.STARTING;
    return with(fresh ? ContainerPhase.RUNNING : phase, starts, runtime.started(event, fresh, at));
  }

  public Container exited(Ended ended) {
    var next = phase == ContainerPhase.TERMINATING ? phase : ContainerPhase.STOPPED;
    return with(next, starts, runtime.stopped(ended));
  }

  /** How it is remembered once nothing of it is left. */
  public Container terminated(Instant at, @Nullable String reason) {
    return with(ContainerPhase.TERMINATED, starts, runtime.destroyed(at, reason));
  }

  private Container with(ContainerPhase phase, int starts, ContainerRuntime runtime) {
    return new Container(
        id, slot, generation, revision, node, phase, starts, variables, data, runtime);
  }
}
