package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.ContainerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells for how long a container must go on running before it counts as running. It goes by when
 * the Engine started it, so an agent that begins again comes to the same result.
 */
final class StartMonitor {

  /** A run of a container, and when this agent saw it first. */
  private record Run(Instant startedAt, Instant seen) {}

  private final Map<ContainerId, Run> runs = new ConcurrentHashMap<>();
  private final Duration time;
  private final InstantSource clock;

  StartMonitor(Duration time, InstantSource clock) {
    this.time = time;
    this.clock = clock;
  }

  /** How long until a container that runs counts, none if it does. */
  Duration remaining(Found found) {
    var restarts = found.restarts();
    var started = found.startedAt();
    if (time.isZero() || started == null) {
      return Duration.ZERO;
    }
    if (restarts != null && restarts.end() != null) {
      return time;
    }
    var now = clock.instant();
    var run =
        runs.compute(
            found.labels().container(),
            (_, last) ->
                last != null && last.startedAt().equals(started) ? last : new Run(started, now));
    var since = run.seen().isBefore(started) ? run.seen() : started; // if the clocks differ
    var remaining = Duration.between(now, since.plus(time));
    return remaining.isPositive() ? remaining : Duration.ZERO;
  }

  /** Whether a container that has ended did so before it counted as running. */
  boolean isEarly(Found found) {
    var started = found.startedAt();
    var end = found.end();
    return end != null && started != null && end.at().isBefore(started.plus(time));
  }

  void forget(ContainerId container) {
    runs.remove(container);
  }
}
