package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.RUNNING;
import static dev.slipway.model.container.ContainerPhase.STARTING;
import static dev.slipway.model.container.ContainerPhase.STOPPED;
import static dev.slipway.model.container.ContainerPhase.TERMINATING;
import static java.lang.Boolean.TRUE;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import java.util.Optional;

/**
 * What a node's report adds to what is known. A report that is late, repeated, or of a container
 * that is not the service's any more adds nothing, unless it tells the end of volumes left behind.
 */
final class Facts {

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
              && (container.is(STARTING) || (container.is(RUNNING) && differs(running, container)));
      case Exited exited ->
          exited.starts() >= container.starts()
              && !container.is(STOPPED)
              && !container.is(TERMINATING);
      case Removed _ -> container.is(TERMINATING);
      case Failed _ -> true;
    };
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
          || ended.exitCode() != restart.exitCode()
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
      case Running running -> started(running, container);
      case Exited exited ->
          new ContainerExited(service, id, exited.exitCode(), exited.oomKilled(), exited.error());
      case Removed removed -> new ContainerRemoved(service, id, removed.erased());
      case Failed failed ->
          container.is(TERMINATING)
              ? new ContainerRemoved(service, id, null)
              : new ContainerFailed(service, id, failed.reason());
    };
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
        running.restart());
  }
}
