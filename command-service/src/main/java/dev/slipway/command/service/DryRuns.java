package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/** Decides what would follow from a command, and leaves it at that. */
public final class DryRuns {

  /** What would follow from the command now? */
  public record DryRun(UserCommand command) {}

  /**
   * The events that would follow, and the service after them.
   *
   * @param before null if there is no service yet
   */
  public record Foreseen(
      @Nullable Service before, List<ServiceEvent> events, Service service, Plan plan) {

    public Foreseen {
      events = List.copyOf(events);
    }
  }

  private final Supplier<Repository<ServiceAggregate>> services;

  DryRuns(Supplier<Repository<ServiceAggregate>> services) {
    this.services = services;
  }

  @CommandHandler
  Foreseen handle(
      DryRun dryRun, Cluster.Source clusters, VolumeUsers users, HostRules rules, EventStore log) {
    var command = dryRun.command();
    rules.check(command);
    var service = service(command, log);
    if (command instanceof TerminateService terminate) {
      users.refuseIfUsed(terminate, service);
    }
    var series =
        new DryRunSeries(new StoredServices(clusters, log), GenericEventMessage.clock.instant());
    return series.decide(command, service);
  }

  private @Nullable Service service(ServiceCommand command, EventStore log) {
    var id = command.serviceId().value();
    return log.lastSequenceNumberFor(id).isEmpty()
        ? null
        : services.get().load(id).invoke(ServiceAggregate::service);
  }
}
