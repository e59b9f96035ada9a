package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Image;
import dev.slipway.model.container.Assignment;
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
  private record Told(Found found, long version, Instant at) {}

  private final Map<ContainerId, Told> told = new ConcurrentHashMap<>();
  private final NodeId node;
  private final Reports reports;
  private final StartsDone startsDone;
  private final Damper damper;
  private final InstantSource clock;

  ContainerReports(NodeId node, Reports reports, StartsDone startsDone, InstantSource clock) {
    this.node = node;
    this.reports = reports;
    this.startsDone = startsDone;
    this.damper = new Damper(clock);
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
   * Tells what is news.
   *
   * @return how long to wait before it is looked at again, none if all has been told
   */
  Duration found(Assignment of, Found found) {
    if (isTold(of, found)) {
      return Duration.ZERO;
    }
    var wait = tell(of, found);
    if (wait.isZero()) {
      told.put(of.container(), new Told(found, of.version(), clock.instant()));
    }
    return wait;
  }

  private boolean isTold(Assignment of, Found found) {
    var last = told.get(of.container());
    return last != null
        && last.version() == of.version()
        && last.found().equals(found)
        && last.at().plus(REPEAT).isAfter(clock.instant());
  }

  private Duration tell(Assignment of, Found found) {
    if (found.state() == Found.State.CREATED) {
      doesNotRun(of);
      return Duration.ZERO;
    }
    var end = found.end();
    if (end != null) {
      exited(of, end);
      return Duration.ZERO;
    }
    var restart = damper.news(of.container(), found);
    var wait = damper.wait(of.container(), found);
    if (wait.isZero() || restart != null) {
      running(of, found, restart);
    }
    return wait;
  }

  private void running(Assignment of, Found found, @Nullable Restart restart) {
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
            restart));
  }

  private void exited(Assignment of, Found.End end) {
    reports.send(
        new Exited(
            of.service(),
            of.container(),
            node,
            end.at(),
            startsDone.of(of.container()),
            end.exitCode(),
            end.oomKilled(),
            end.error()));
  }

  /** It was asked to stop before it was started, or is made again of one that had ended. */
  private void doesNotRun(Assignment of) {
    reports.send(
        new Exited(
            of.service(), of.container(), node, clock.instant(), of.starts(), 0, false, null));
  }

  void forget(ContainerId container) {
    damper.forget(container);
    told.remove(container);
  }

  void removed(Assignment of, boolean erased) {
    reports.send(new Removed(of.service(), of.container(), node, clock.instant(), erased));
  }

  void failed(Assignment of, String reason) {
    reports.send(new Failed(of.service(), of.container(), node, clock.instant(), reason));
  }
}
