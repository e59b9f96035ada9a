package dev.slipway.model.container;

import org.jspecify.annotations.Nullable;

/**
 * What a node reports of a container beyond whether it runs.
 *
 * @param monitored whether it has not yet run for as long as its node monitors new containers
 * @param waiting why its node cannot yet do what is wanted, null mostly
 * @param health by the health check of its image, null without one
 * @param paused whether its processes are frozen
 * @param gateway the host's address in its network when it was started, null with the host's own
 *     network and from agents that do not report it
 */
public record ContainerCondition(
    boolean monitored,
    @Nullable String waiting,
    @Nullable ContainerHealth health,
    boolean paused,
    @Nullable String gateway) {

  public static final ContainerCondition NONE = new ContainerCondition(false, null, null, false);

  public ContainerCondition(
      boolean monitored,
      @Nullable String waiting,
      @Nullable ContainerHealth health,
      boolean paused) {
    this(monitored, waiting, health, paused, null);
  }

  public ContainerCondition waitingFor(@Nullable String reason) {
    return new ContainerCondition(monitored, reason, health, paused, gateway);
  }

  public ContainerCondition withMonitored(boolean monitored) {
    return new ContainerCondition(monitored, waiting, health, paused, gateway);
  }

  /**
   * Whether both say the same, but for the output of a health check, which often has a time, and
   * for the gateway, which stays as it is.
   */
  public boolean isLike(ContainerCondition other) {
    return compared().equals(other.compared());
  }

  private ContainerCondition compared() {
    var compared = health == null ? null : new ContainerHealth(health.status(), null);
    return new ContainerCondition(monitored, waiting, compared, paused);
  }
}
