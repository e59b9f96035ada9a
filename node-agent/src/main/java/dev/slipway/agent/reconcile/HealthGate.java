package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.HealthCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps back that a container runs until it has passed its check, once after each start. What has
 * passed is written down: an agent that begins again judges nothing anew.
 */
final class HealthGate {

  /** The checks of one container that failed in a row, and when the next is due. */
  private record Failing(int times, Instant next, String problem) {}

  private final Engine engine;
  private final StartsDone passed;
  private final InstantSource clock;
  private final Map<ContainerId, Failing> failing = new ConcurrentHashMap<>();

  HealthGate(Engine engine, Path folder, InstantSource clock) {
    this.engine = engine;
    this.passed = new StartsDone(folder);
    this.clock = clock;
  }

  /**
   * How long to wait before it is looked at again; none if it has passed, or has nothing to pass.
   *
   * @throws EngineRefused if it failed too often, or has ended before it passed
   */
  Duration check(Assignment assignment, Found found) {
    var check = assignment.spec().definition().find(Attributes.HEALTH_CHECK);
    var container = assignment.container();
    if (check == null || passed.has(container, assignment.starts())) {
      return Duration.ZERO;
    }
    var end = found.end();
    if (end != null) {
      failing.remove(container);
      throw new EngineRefused(
          "ended with exit code %s before it passed its check".formatted(end.exitCode()));
    }
    var before = failing.getOrDefault(container, new Failing(0, Instant.MIN, ""));
    var now = clock.instant();
    if (before.next().isAfter(now)) {
      return Duration.between(now, before.next());
    }
    var problem =
        engine
            .problem(found, check, assignment.spec().definition().get(Attributes.NET))
            .orElse(null);
    if (problem == null) {
      failing.remove(container);
      passed.record(container, assignment.starts());
      return Duration.ZERO;
    }
    return fail(container, before.times() + 1, check, problem);
  }

  /** Whether the container has a check and has passed it since its last start. */
  boolean isPassed(Assignment assignment) {
    return assignment.spec().definition().find(Attributes.HEALTH_CHECK) != null
        && passed.has(assignment.container(), assignment.starts());
  }

  private Duration fail(ContainerId container, int times, HealthCheck check, String problem) {
    if (times >= check.retries()) {
      failing.remove(container);
      throw new EngineRefused("not healthy after %d checks: %s".formatted(times, problem));
    }
    var pause = Duration.ofSeconds(check.interval());
    failing.put(container, new Failing(times, clock.instant().plus(pause), problem));
    return pause;
  }

  /** Why the last check failed, null if none did. */
  @Nullable String problem(ContainerId container) {
    var last = failing.get(container);
    return last == null ? null : last.problem();
  }

  void forget(ContainerId container) {
    failing.remove(container);
    passed.forget(container);
  }
}
