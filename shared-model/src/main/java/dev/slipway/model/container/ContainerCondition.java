package dev.slipway.model.container;

import org.jspecify.annotations.Nullable;

/**
 * What a node reports of a container beyond whether it runs.
 *
 * @param monitored whether it has not yet run for as long as its node monitors new containers
 * @param waiting why its node cannot yet do what is wanted, null mostly
 * @param health by the health check of its image, null without one
 * @param paused whether its processes are frozen
 */
public record ContainerCondition(
    boolean monitored, @Nullable String waiting, @Nullable ContainerHealth health, boolean paused) {

  public static final ContainerCondition NONE = new ContainerCondition(false, null, null, false);

  public ContainerCondition waitingFor(@Nullable String reason) {
    return new ContainerCondition(monitored, reason, health, paused);
  }

  public ContainerCondition withMonitored(boolean monitored) {
    return new ContainerCondition(monitored, waiting, health, paused);
  }

  /** Whether both say the same, but for the output of a health check, which often has a time. */
  public boolean isLike(ContainerCondition other) {
    return withoutOutput().equals(other.withoutOutput());
  }

  private ContainerCondition withoutOutput() {
    return health == null
        ? this
        : new ContainerCondition(
            monitored, waiting, new ContainerHealth(health.status(), null), paused);
  }
}
