package dev.slipway.command.service;

import static dev.slipway.model.container.ContainerPhase.STARTING;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays an operation to its end: the decider decides as it always does, and nodes do at once all
 * that they are asked for and succeed. Pure; nothing of it happens.
 */
final class PlanSimulation {

  /** Each round looks at all containers; so many looks are about a second. */
  static final int MOST_LOOKS = 100_000;

  private static final int EXIT_CODE_OF_A_STOP = 143;

  private final PlanRecorder recorder;
  private final Cluster.Source clusters;
  private final Instant now;

  /**
   * @param before null if there is no service yet
   * @param clusters gives the same nodes each time, with what was placed on them
   */
  PlanSimulation(@Nullable Service before, Cluster.Source clusters, Instant now) {
    this.recorder = new PlanRecorder(before);
    this.clusters = clusters;
    this.now = now;
  }

  /** Nodes that keep what a simulation places on them, and what leaves them. */
  record Remembered(Cluster.Source source, List<Cluster> known) implements Cluster.Source {

    Remembered(Cluster.Source source) {
      this(source, new ArrayList<>());
    }

    /** Nodes as they would be. */
    static Remembered as(Cluster nodes, Cluster.Source source) {
      return new Remembered(source, new ArrayList<>(List.of(nodes)));
    }

    @Override
    public Cluster of(Namespace namespace) {
      if (known.isEmpty()) {
        known.add(source.of(namespace));
      }
      return known.getFirst();
    }

    @Override
    public Optional<Service> service(ServiceId id) {
      return source.service(id);
    }
  }

  /**
   * Returns the steps that follow from the decider's events.
   *
   * @param action that the command leaves; the plan ends with the work of it
   */
  Plan play(List<ServiceEvent> decided, ActionId action) {
    recorder.record(0, decided, now);
    int looks = 0;
    for (int round = 1; looks <= MOST_LOOKS; round++) {
      var service = recorder.service();
      if (service == null || !isUnderWay(service, action)) {
        return recorder.plan(true);
      }
      looks += 1 + service.fleet().containers().size();
      var reports = reports(service, now);
      var events =
          ServiceDecider.decide(
              new ReportContainers(service.id(), reports), service, clusters, now);
      if (events.isEmpty()) {
        return recorder.plan(true); // it waits for something that no report brings
      }
      recorder.record(round, events, now);
    }
    return recorder.plan(false);
  }

  /** The service after all that was played. */
  @Nullable Service end() {
    return recorder.service();
  }

  private static boolean isUnderWay(Service service, ActionId action) {
    var operation = service.operation();
    return (operation != null && operation.id().equals(action))
        || service.activity().ofContainers().stream().anyMatch(one -> one.id().equals(action));
  }

  /** The reports of nodes that have carried out every request. */
  static List<ContainerReport> reports(Service service, Instant now) {
    return service.fleet().containers().stream()
        .flatMap(one -> report(service.id(), one, now).stream())
        .toList();
  }

  private static Optional<ContainerReport> report(ServiceId service, Container one, Instant now) {
    return switch (one.phase()) {
      case STARTING, RUNNING ->
          one.is(STARTING) || one.isOnTrial()
              ? Optional.of(running(service, one, now))
              : Optional.empty();
      case STOPPING ->
          Optional.of(
              new Exited(
                  service,
                  one.id(),
                  one.node(),
                  now,
                  one.starts(),
                  EXIT_CODE_OF_A_STOP,
                  false,
                  null));
      case TERMINATING -> Optional.of(new Removed(service, one.id(), one.node(), now));
      case STOPPED, TERMINATED -> Optional.empty();
    };
  }

  private static Running running(ServiceId service, Container one, Instant now) {
    var engineId = one.runtime().engineId();
    return new Running(
        service,
        one.id(),
        one.node(),
        now,
        one.starts(),
        engineId == null ? one.id().value() : engineId,
        one.runtime().ipAddress(),
        one.runtime().ports(),
        null);
  }
}
