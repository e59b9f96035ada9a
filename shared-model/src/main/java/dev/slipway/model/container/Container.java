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
 * @param stopAsked whether it was last asked to stop, null if not: one that ends by itself was not
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
    ContainerRuntime runtime,
    @Nullable Boolean stopAsked) {

  /** So often a container ends before it counts as running, until it has failed. */
  private static final int ENDS_OF_A_FAILURE = 2;

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
        ContainerRuntime.deployed(at),
        null);
  }

  /** What its node reports beyond whether it runs. */
  public ContainerCondition condition() {
    return Objects.requireNonNullElse(runtime.condition(), ContainerCondition.NONE);
  }

  /** Whether it runs, and has run for as long as its node monitors new containers. */
  public boolean isStable() {
    return is(ContainerPhase.RUNNING) && !condition().monitored();
  }

  /** Whether its Engine starts it again and again, and it never ran for long enough to count. */
  public boolean isCrashing() {
    return is(ContainerPhase.RUNNING)
        && condition().monitored()
        && runtime.restarts() >= ENDS_OF_A_FAILURE;
  }

  /** Whether it is not yet known if it stays up. */
  public boolean isOnTrial() {
    return is(ContainerPhase.STARTING)
        || (is(ContainerPhase.RUNNING) && condition().monitored() && !isCrashing());
  }

  /** Whether it ended by itself, so that nobody minds if somebody starts it by hand. */
  public boolean endedByItself() {
    return is(ContainerPhase.STOPPED) && !Boolean.TRUE.equals(stopAsked);
  }

  /** Whether the volumes of both are the same, where both are on one node. */
  public boolean sharesDataWith(Container other) {
    return slot == other.slot && Objects.equals(data, other.data);
  }

  public boolean is(ContainerPhase phase) {
    return this.phase == phase;
  }

  public Container startRequested() {
    return with(ContainerPhase.STARTING, starts + 1, runtime.in(null), null);
  }

  public Container stopRequested() {
    return with(ContainerPhase.STOPPING, starts, runtime.in(null), true);
  }

  public Container removalRequested() {
    return with(ContainerPhase.TERMINATING, starts, runtime.in(null), stopAsked);
  }

  public Container created(String engineId, @Nullable ImageFacts image) {
    return with(phase, starts, runtime.created(engineId, image), stopAsked);
  }

  /** A container that is on its way out stays so: the report was sent before it was asked to go. */
  public Container started(ContainerStarted event, Instant at) {
    boolean fresh = phase == ContainerPhase.STARTING || Boolean.TRUE.equals(event.byHand());
    var next = fresh ? ContainerPhase.RUNNING : phase;
    return with(next, starts, runtime.started(event, fresh, at), fresh ? null : stopAsked);
  }

  public Container in(ContainerCondition condition) {
    return with(phase, starts, runtime.in(condition), stopAsked);
  }

  /**
   * @param ended null if nobody knows how
   */
  public Container exited(@Nullable Ended ended, Instant at) {
    var next = phase == ContainerPhase.TERMINATING ? phase : ContainerPhase.STOPPED;
    return with(next, starts, runtime.stopped(ended, at), stopAsked);
  }

  /** How it is remembered once nothing of it is left. */
  public Container terminated(Instant at, @Nullable String reason) {
    return with(ContainerPhase.TERMINATED, starts, runtime.destroyed(at, reason), stopAsked);
  }

  private Container with(
      ContainerPhase phase, int starts, ContainerRuntime runtime, @Nullable Boolean stopAsked) {
    return new Container(
        id, slot, generation, revision, node, phase, starts, variables, data, runtime, stopAsked);
  }
}
