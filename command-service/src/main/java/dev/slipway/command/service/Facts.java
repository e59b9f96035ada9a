package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.STOPPING;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;
import static java.lang.Boolean.TRUE;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerConditionChanged;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a node's report adds to what is known. A report that is late, repeated, or of a container
 * that is not the service's any more adds nothing, unless it tells the end of volumes left behind.
 */
final class Facts {

  /** The states in which a container waits for its node. */
  private static final Set<ContainerPhase> UNDER_WAY = Set.of(STARTING, STOPPING, TERMINATING);

  private Facts() {}

  static Optional<ServiceEvent> of(ContainerReport report, Service service) {
    return service
        .fleet()
        .find(report.container())
        .filter(container -> container.node().equals(report.node()))
        .filter(container -> adds(report, container))
        .map(container -> event(report, container))
        .or(() -> erased(report, service));
  }

  private static Optional<ServiceEvent> erased(ContainerReport report, Service service) {
    return service.fleet().left().stream()
        .filter(left -> left.container().equals(report.container()))
        .filter(left -> left.node().equals(report.node()))
        .filter(_ -> report instanceof Removed removed && TRUE.equals(removed.erased()))
        .<ServiceEvent>map(left -> new VolumesErased(service.id(), left.container(), left.node()))
        .findFirst();
  }

  private static boolean adds(ContainerReport report, Container container) {
    return switch (report) {
      case Created created ->
          container.is(STARTING) && !created.engineId().equals(container.runtime().engineId());
      case Running running ->
          running.starts() >= container.starts()
              && (container.is(STARTING)
                  || (container.is(RUNNING)
                      && (differs(running, container) || changesCondition(running, container)))
                  || isByHand(running, container));
      case Exited exited ->
          exited.starts() >= container.starts()
              && !container.is(STOPPED)
              && !container.is(TERMINATING);
      case Removed _ -> container.is(TERMINATING);
      case Failed _ -> true;
      case Waiting waiting ->
          UNDER_WAY.contains(container.phase())
              && !waiting.reason().equals(container.condition().waiting());
    };
  }

  private static boolean changesCondition(Running running, Container container) {
    return running.restart() == null
        && !condition(running, container).isLike(container.condition());
  }

  /** What is monitored no more is not monitored again before its next start. */
  private static ContainerCondition condition(Running running, Container container) {
    var reported = Objects.requireNonNullElse(running.condition(), ContainerCondition.NONE);
    boolean trial = !container.is(RUNNING) || container.condition().monitored();
    return reported.withMonitored(reported.monitored() && trial);
  }

  /**
   * Whether a container that had ended by itself was started on its Engine since. A report that was
   * sent before the end and comes again has an earlier start.
   */
  private static boolean isByHand(Running running, Container container) {
    var ended = container.runtime().ended();
    var finished = ended == null ? null : ended.finishedAt();
    var started = running.startedAt();
    return container.endedByItself()
        && started != null
        && finished != null
        && started.isAfter(finished);
  }

  /** A restart that ended like the one before it is no news until there are twice as many. */
  private static boolean differs(Running running, Container container) {
    var known = container.runtime();
    var restart = running.restart();
    if (restart != null) {
      var ended = known.ended();
      var times = restart.times();
      return ended == null
          || (times != null && times >= 2 * known.restarts())
          || !Objects.equals(ended.exitCode(), restart.exitCode())
          || ended.oomKilled() != restart.oomKilled();
    }
    return !running.engineId().equals(known.engineId()) || !running.ports().equals(known.ports());
  }

  private static ServiceEvent event(ContainerReport report, Container container) {
    var service = report.service();
    var id = container.id();
    return switch (report) {
      case Created created ->
          new ContainerCreated(service, id, created.engineId(), created.image());
      case Running running -> running(running, container);
      case Exited exited -> exited(exited);
      case Waiting waiting ->
          new ContainerConditionChanged(
              service, id, container.condition().waitingFor(waiting.reason()));
      case Removed removed -> new ContainerRemoved(service, id, removed.erased());
      case Failed failed ->
          container.is(TERMINATING)
              ? new ContainerRemoved(service, id, null)
              : new ContainerFailed(service, id, failed.reason());
    };
  }

  private static ServiceEvent exited(Exited exited) {
    return new ContainerExited(
        exited.service(),
        exited.container(),
        exited.exitCode(),
        exited.oomKilled(),
        exited.error(),
        exited.early(),
        exited.exitCode() == null ? null : exited.at());
  }

  private static ServiceEvent running(Running running, Container container) {
    return container.is(RUNNING) && !differs(running, container)
        ? new ContainerConditionChanged(
            running.service(), container.id(), condition(running, container))
        : started(running, container);
  }

  /**
   * Between two runs a container has no address and no ports; what it had is known until it has.
   */
  private static ContainerStarted started(Running running, Container container) {
    var known = container.runtime();
    boolean between = running.restart() != null;
    return new ContainerStarted(
        running.service(),
        container.id(),
        running.engineId(),
        between ? known.ipAddress() : running.ipAddress(),
        between ? known.ports() : running.ports(),
        running.restart(),
        running.condition() == null ? null : condition(running, container),
        isByHand(running, container) ? true : null);
  }
}
