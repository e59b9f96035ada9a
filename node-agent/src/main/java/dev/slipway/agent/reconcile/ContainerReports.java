package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Image;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.Restart;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the control plane what was found and done. What has not changed since it was told is told
 * again only after a while, so that a report that was lost does no harm and a node where nothing
 * happens says little.
 */
final class ContainerReports {

  private static final Duration REPEAT = Duration.ofMinutes(3);

  /**
   * What was told last of a container.
   *
   * @param version of the assignment that it was told for
   */
  private record Told(Found found, ContainerCondition condition, long version, Instant at) {}

  private final Map<ContainerId, Told> told = new ConcurrentHashMap<>();
  private final NodeId node;
  private final Reports reports;
  private final StartsDone startsDone;
  private final StartMonitor monitor;
  private final Damper damper;
  private final ChangeThrottle throttle;
  private final InstantSource clock;

  /**
   * @param monitor how long a container must run before it counts as running
   */
  ContainerReports(
      NodeId node, Reports reports, StartsDone startsDone, Duration monitor, InstantSource clock) {
    this.node = node;
    this.reports = reports;
    this.startsDone = startsDone;
    this.monitor = new StartMonitor(monitor, clock);
    this.damper = new Damper(clock);
    this.throttle = new ChangeThrottle(clock);
    this.clock = clock;
  }

  void created(Assignment of, String engineId, @Nullable Image image) {
    reports.send(
        new Created(
            of.service(),
            of.container(),
            node,
            clock.instant(),
            engineId,
            image == null ? null : image.facts()));
  }

  /**
   * Reports what is news.
   *
   * @param checked whether it has passed a check, so that it counts as running at once
   * @return how long to wait before it is looked at again, none if all has been reported
   */
  Duration found(Assignment of, Found found, boolean checked) {
    var remaining =
        checked || found.state() != Found.State.RUNNING ? Duration.ZERO : monitor.remaining(found);
    var condition =
        new ContainerCondition(
            !remaining.isZero(), null, found.health(), found.paused(), found.gateway());
    if (isTold(of, found, condition)) {
      return remaining;
    }
    var pause = pause(of, found, condition);
    if (!pause.isZero()) {
      return pause;
    }
    var wait = tell(of, found, condition);
    if (wait.isZero()) {
      told.put(of.container(), new Told(found, condition, of.version(), clock.instant()));
      return remaining;
    }
    return wait;
  }

  /** Whether the control plane knows that the container is as this assignment wants it. */
  boolean hasTold(Assignment of) {
    var last = told.get(of.container());
    return last != null && last.version() == of.version();
  }

  private boolean isTold(Assignment of, Found found, ContainerCondition condition) {
    var last = told.get(of.container());
    return last != null
        && last.version() == of.version()
        && isSameRun(last.found(), found)
        && last.condition().isLike(condition)
        && last.at().plus(REPEAT).isAfter(clock.instant());
  }

  private static boolean isSameRun(Found one, Found other) {
    return one.withoutCondition().equals(other.withoutCondition());
  }

  /** Health that changes to and fro is reported less and less often. */
  private Duration pause(Assignment of, Found found, ContainerCondition condition) {
    var last = told.get(of.container());
    if (last == null
        || !isSameRun(last.found(), found)
        || last.condition().isLike(condition)
        || last.condition().monitored() != condition.monitored()) {
      return Duration.ZERO;
    }
    var pause = throttle.pause(of.container());
    if (pause.isZero()) {
      throttle.reported(of.container());
    }
    return pause;
  }

  private Duration tell(Assignment of, Found found, ContainerCondition condition) {
    if (found.state() == Found.State.CREATED) {
      doesNotRun(of);
      return Duration.ZERO;
    }
    var end = found.end();
    if (end != null) {
      exited(of, end, monitor.isEarly(found));
      return Duration.ZERO;
    }
    var restart = damper.news(of.container(), found);
    var wait = damper.wait(of.container(), found);
    if (wait.isZero() || restart != null) {
      running(of, found, restart, condition);
    }
    return wait;
  }

  private void running(
      Assignment of, Found found, @Nullable Restart restart, ContainerCondition condition) {
    reports.send(
        new Running(
            of.service(),
            of.container(),
            node,
            clock.instant(),
            startsDone.of(of.container()),
            found.engineId(),
            found.ipAddress(),
            found.ports(),
            restart,
            found.startedAt(),
            condition));
  }

  private void exited(Assignment of, Found.End end, boolean early) {
    reports.send(
        new Exited(
            of.service(),
            of.container(),
            node,
            end.at(),
            startsDone.of(of.container()),
            end.exitCode(),
            end.oomKilled(),
            end.error(),
            early ? true : null));
  }

  /**
   * It was asked to stop before it was started, or is made again of one that had ended: there is no
   * exit code.
   */
  private void doesNotRun(Assignment of) {
    reports.send(
        new Exited(
            of.service(), of.container(), node, clock.instant(), of.starts(), null, false, null));
  }

  void forget(ContainerId container) {
    damper.forget(container);
    throttle.forget(container);
    monitor.forget(container);
    told.remove(container);
  }

  void removed(Assignment of, boolean erased) {
    reports.send(new Removed(of.service(), of.container(), node, clock.instant(), erased));
  }

  void failed(Assignment of, String reason) {
    reports.send(new Failed(of.service(), of.container(), node, clock.instant(), reason));
  }
}
