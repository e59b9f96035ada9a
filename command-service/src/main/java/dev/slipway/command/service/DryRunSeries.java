package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.service.DryRuns.Foreseen;
import dev.slipway.command.service.PlanSimulation.Remembered;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays commands to several services, each to its end before the next, on nodes that keep what each
 * has placed. A later service finds those before it as they would be then.
 */
public final class DryRunSeries {

  private final Map<ServiceId, Service> ends = new HashMap<>();
  private final Cluster.Source clusters;
  private final Instant now;

  public DryRunSeries(Cluster.Source clusters, Instant now) {
    this.clusters = new Played(new Remembered(clusters), ends);
    this.now = now;
  }

  /** Services that were played, and all others as they are. */
  private record Played(Cluster.Source nodes, Map<ServiceId, Service> ends)
      implements Cluster.Source {

    @Override
    public Cluster of(Namespace namespace) {
      return nodes.of(namespace);
    }

    @Override
    public Optional<Service> service(ServiceId id) {
      var end = ends.get(id);
      return end == null ? nodes.service(id) : Optional.of(end);
    }
  }

  /**
   * Returns the events that follow from the command.
   *
   * @param before null if there is no such service yet
   * @throws CommandRejected as the command would be rejected
   */
  public Foreseen decide(UserCommand command, @Nullable Service before) {
    var events = ServiceDecider.decide(command, before, clusters, now);
    var simulation = new PlanSimulation(before, clusters, now);
    var plan = simulation.play(events, command.asked().action());
    var after = before;
    for (var event : events) {
      after = Service.evolve(after, event, now);
    }
    ends.put(command.serviceId(), Objects.requireNonNull(simulation.end()));
    return new Foreseen(before, events, Objects.requireNonNull(after), plan);
  }
}
