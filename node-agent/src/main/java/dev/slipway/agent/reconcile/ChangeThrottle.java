package dev.slipway.agent.reconcile;

import dev.slipway.model.container.ContainerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how often a change of one container is reported: at once at first, then with a pause that
 * doubles with each change, until nothing has changed for a while.
 */
final class ChangeThrottle {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 9;

  private record Changes(int times, Instant last) {}

  private final Map<ContainerId, Changes> changes = new ConcurrentHashMap<>();
  private final InstantSource clock;

  ChangeThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** How long until the next change may be reported, none if it may be now. */
  Duration pause(ContainerId container) {
    var last = changes.get(container);
    if (last == null) {
      return Duration.ZERO;
    }
    var remaining = Duration.between(clock.instant(), last.last().plus(pause(last.times())));
    return remaining.isPositive() ? remaining : Duration.ZERO;
  }

  void reported(ContainerId container) {
    var now = clock.instant();
    changes.compute(
        container,
        (_, last) ->
            last == null || last.last().plus(LONGEST_PAUSE.multipliedBy(2)).isBefore(now)
                ? new Changes(1, now)
                : new Changes(Math.min(MOST_DOUBLINGS, last.times() + 1), now));
  }

  private static Duration pause(int times) {
    var pause = FIRST_PAUSE.multipliedBy(1L << times);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  void forget(ContainerId container) {
    changes.remove(container);
  }
}
