package dev.slipway.command.service;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.RedeployService;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceCommand.ScaleService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.StopService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Ties {@link ServiceDecider} to Axon, and decides nothing itself. Axon routes a command by its
 * concrete class, so each has a line here; events it routes by assignability, so one handler takes
 * them all. A user's command leaves its action in the same transaction.
 */
@AggregateRoot(type = ServiceAggregate.TYPE)
@Revision("3")
class ServiceAggregate {

  static final String TYPE = "Service";

  @AggregateIdentifier @JsonProperty private @Nullable ServiceId id;
  @JsonProperty private @Nullable Service service;

  ServiceAggregate() {}

  @Nullable Service service() {
    return service;
  }

  @CommandHandler
  @CreationPolicy(CREATE_IF_MISSING)
  Service handle(
      CreateService command, Cluster.Source clusters, EventStore events, HostRules rules) {
    rules.check(command);
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(
      UpdateService command, Cluster.Source clusters, EventStore events, HostRules rules) {
    rules.check(command);
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(StartService command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(StopService command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(ScaleService command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(RedeployService command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(
      TerminateService command, Cluster.Source clusters, EventStore events, VolumeUsers users) {
    users.refuseIfUsed(command, service);
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(OperateContainer command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(AdoptContainer command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(CreateTrigger command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(DeleteTrigger command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(CallTrigger command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  Service handle(CancelOperation command, Cluster.Source clusters, EventStore events) {
    return decide(command, clusters, events);
  }

  @CommandHandler
  void handle(ReportContainers command, Cluster.Source clusters, EventStore events) {
    decide(command, clusters, events);
  }

  @CommandHandler
  void handle(ExpireOperation command, Cluster.Source clusters, EventStore events) {
    decide(command, clusters, events);
  }

  @CommandHandler
  void handle(RetryPlacement command, Cluster.Source clusters, EventStore events) {
    decide(command, clusters, events);
  }

  @CommandHandler
  void handle(GiveUpNode command, Cluster.Source clusters, EventStore events) {
    decide(command, clusters, events);
  }

  /** Says why the next container does not leave, null if it is about to. */
  @CommandHandler
  @Nullable String handle(LeaveNode command, Cluster.Source clusters, EventStore events) {
    var after = decide(command, clusters, events);
    return Relocation.obstacle(
        after, command.node(), clusters, GenericEventMessage.clock.instant());
  }

  @CommandHandler
  void handle(FollowNodes command, Cluster.Source clusters, EventStore events) {
    decide(command, clusters, events);
  }

  private Service decide(ServiceCommand command, Cluster.Source clusters, EventStore events) {
    var now = GenericEventMessage.clock.instant();
    var decided =
        ServiceDecider.decide(command, service, new StoredServices(clusters, events), now);
    if (command instanceof UserCommand asked) {
      var taken = ActionsFollowing.taken(asked.asked(), decided);
      publish("Action", taken.actionId().value(), 0, taken, events); // the first of its action
    }
    decided.forEach(event -> apply(event, command, events));
    return java.util.Objects.requireNonNull(service);
  }

  private void apply(ServiceEvent event, ServiceCommand command, EventStore events) {
    var before = service;
    if (before == null) {
      AggregateLifecycle.apply(event);
      return;
    }
    var whole = ContainerLogins.with(event, before);
    AggregateLifecycle.apply(whole);
    ActionsFollowing.from(whole, command).ifPresent(action -> publish(action, events));
    ContainerLogins.following(whole, before)
        .ifPresent(login -> publish("Account", login.subject(), login, events));
  }

  private static void publish(ActionEvent event, EventStore events) {
    publish("Action", event.actionId().value(), event, events);
  }

  /** An event of something else, stored in the same transaction. */
  private static void publish(String type, String id, Object event, EventStore events) {
    long sequence = events.lastSequenceNumberFor(id).map(last -> last + 1).orElse(0L);
    publish(type, id, sequence, event, events);
  }

  private static void publish(
      String type, String id, long sequence, Object event, EventStore events) {
    events.publish(new GenericDomainEventMessage<>(type, id, sequence, event));
  }

  @EventSourcingHandler
  void on(ServiceEvent event, @Timestamp Instant at) {
    id = event.serviceId();
    service = Service.evolve(service, event, at);
  }
}
