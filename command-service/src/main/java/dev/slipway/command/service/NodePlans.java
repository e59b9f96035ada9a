package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.service.PlanSimulation.Remembered;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans for the containers of services if a node were drained, undrained or terminated. Services
 * are played one after the other on nodes that keep what each has placed. Pure.
 */
public final class NodePlans {

  /** A change of a node that is only planned. */
  public enum Change {
    DRAINED,
    USED_AGAIN,
    GIVEN_UP
  }

  /**
   * The plan of one service.
   *
   * @param obstacle why it does not follow the node now, null if it does
   */
  public record OfService(Service service, Plan plan, @Nullable String obstacle) {}

  private final NodeId node;
  private final Change change;
  private final Remembered clusters;
  private final Instant now;

  /**
   * @param clusters the nodes as they are
   */
  public NodePlans(
      NodeId node, Change change, Namespace namespace, Cluster.Source clusters, Instant now) {
    var present = clusters.of(namespace);
    this.node = node;
    this.change = change;
    this.clusters =
        Remembered.as(
            switch (change) {
              case DRAINED -> present.withDraining(node, true);
              case USED_AGAIN -> present.withDraining(node, false);
              case GIVEN_UP -> present.without(node);
            },
            clusters);
    this.now = now;
  }

  /** To be asked for each service once. */
  public OfService of(Service service) {
    return switch (change) {
      case DRAINED -> drained(service);
      case USED_AGAIN ->
          followed(
              service, List.of(new FollowNodes(service.id()), new RetryPlacement(service.id())));
      case GIVEN_UP ->
          followed(service, List.of(new GiveUpNode(service.id(), node, "the node is gone", true)));
    };
  }

  private OfService drained(Service service) {
    var obstacle =
        service.activity().isIdle()
            ? null
            : "%s is %s".formatted(service.name(), service.lifecycle().text());
    return played(
        service,
        List.of(new LeaveNode(service.id(), node)),
        after -> Relocation.refusals(after, node, clusters, now),
        obstacle);
  }

  private OfService followed(Service service, List<ServiceCommand> commands) {
    return played(service, commands, after -> Relocation.refusals(after, clusters, now), null);
  }

  /** The commands are sent again and again, as they are in earnest, until nothing follows. */
  private OfService played(
      Service before,
      List<ServiceCommand> commands,
      Function<Service, List<? extends ServiceEvent>> refusals,
      @Nullable String obstacle) {
    var recorder = new PlanRecorder(before);
    var service = before;
    int looks = 0;
    for (int round = 0; looks <= PlanSimulation.MOST_LOOKS; round++) {
      looks += 1 + service.fleet().containers().size();
      var events = new ArrayList<ServiceEvent>();
      if (round > 0) {
        events.addAll(reported(service));
        service = folded(service, events);
      }
      for (var command : commands) {
        var more = ServiceDecider.decide(command, service, clusters, now);
        events.addAll(more);
        service = folded(service, more);
      }
      if (events.isEmpty()) {
        recorder.record(round, List.copyOf(refusals.apply(service)), now);
        return new OfService(before, recorder.plan(true), obstacle);
      }
      recorder.record(round, events, now);
    }
    return new OfService(before, recorder.plan(false), obstacle);
  }

  private List<ServiceEvent> reported(Service service) {
    var reports = PlanSimulation.reports(service, now);
    return reports.isEmpty()
        ? List.of()
        : ServiceDecider.decide(
            new ReportContainers(service.id(), reports), service, clusters, now);
  }

  private Service folded(Service service, List<? extends ServiceEvent> events) {
    var folded = service;
    for (var event : events) {
      folded = Service.evolve(folded, event, now);
    }
    return folded;
  }
}
