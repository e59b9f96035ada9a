package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.Restart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Damps what flaps: that the Engine restarts a container is told once, and that it runs again when
 * it has done so for a while.
 */
final class Damper {

  private static final Duration STEADY = Duration.ofSeconds(5);

  private final Set<ContainerId> told = ConcurrentHashMap.newKeySet();
  private final InstantSource clock;

  Damper(InstantSource clock) {
    this.clock = clock;
  }

  /** How the container ended, if that is to be told; null if not, or not again. */
  @Nullable Restart news(ContainerId container, Found found) {
    var restarts = found.restarts();
    var end = restarts == null ? null : restarts.end();
    return end != null && told.add(container) ? new Restart(end.exitCode(), end.oomKilled()) : null;
  }

  /** How long until it has run for long enough to be told of, none if it has. */
  Duration wait(ContainerId container, Found found) {
    var restarts = found.restarts();
    if (restarts == null) {
      return Duration.ZERO;
    }
    var since = restarts.since();
    var wait = since == null ? STEADY : Duration.between(clock.instant(), since.plus(STEADY));
    if (wait.isPositive()) {
      return wait;
    }
    told.remove(container);
    return Duration.ZERO;
  }

  void forget(ContainerId container) {
    told.remove(container);
  }
}
