package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.Restart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Damps what flaps: that the Engine restarts a container is told twice, and again only after ten
 * times as many restarts; that it runs again is told when it has done so for a while.
 */
final class Damper {

  private static final Duration STEADY = Duration.ofSeconds(5);

  private static final int MANY_MORE = 10;

  private final Map<ContainerId, Integer> told = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Damper(InstantSource clock) {
    this.clock = clock;
  }

  /** How the container ended, if that is to be told; null if not, or not again. */
  @Nullable Restart news(ContainerId container, Found found) {
    var restarts = found.restarts();
    var end = restarts == null ? null : restarts.end();
    if (restarts == null || end == null) {
      return null;
    }
    var last = told.get(container);
    var exitCode = end.exitCode();
    if (exitCode == null || (last != null && restarts.times() < next(last))) {
      return null;
    }
    told.put(container, restarts.times());
    return new Restart(exitCode, end.oomKilled(), restarts.times());
  }

  /** The second one decides whether a new container has failed. */
  private static int next(int last) {
    return last <= 1 ? 2 : MANY_MORE * last;
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
