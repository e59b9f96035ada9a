package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_CHANGE;
import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;
import static dev.slipway.command.service.CommandRejected.Reason.MOVED;
import static dev.slipway.command.service.CommandRejected.Reason.NOT_FOUND;
import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.OfNodes;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceLifecycle;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what follows from a command. Pure: the clock, identifiers and the nodes come with it. */
final class ServiceDecider {

  private ServiceDecider() {}

  /**
   * @param service null if there is none yet
   * @return the events that follow, none if what is asked is already so
   * @throws CommandRejected if a user's wish cannot be met in this state
   * @throws dev.slipway.model.InvalidInput if a definition would break a rule
   */
  static List<ServiceEvent> decide(
      ServiceCommand command, @Nullable Service service, Cluster.Source clusters, Instant now) {
    var decision = new Decision(service, clusters, now);
    if (service == null) {
      decideWithout(command, decision);
    } else {
      if (command instanceof UserCommand asked && !asked.namespace().equals(service.namespace())) {
        throw new CommandRejected(NOT_FOUND, command, "it does not exist");
      }
      checkVersion(command, service);
      decide(command, service, decision);
      ServiceOperations.nextOnContainers(decision);
      Autodestruction.follow(decision, service);
      Surplus.trim(decision);
      Queued.beginNext(decision);
    }
    return decision.events();
  }

  private static void checkVersion(ServiceCommand command, Service service) {
    var wanted = command instanceof UserCommand asked ? asked.asked().version() : null;
    if (wanted != null && wanted != service.version()) {
      throw new CommandRejected(
          MOVED, command, "it is at version %d, not %d".formatted(service.version(), wanted));
    }
  }

  private static void decideWithout(ServiceCommand command, Decision decision) {
    switch (command) {
      case CreateService create -> {
        create.definition().check();
        EngineRules.check(create.definition());
        DefinitionRules.check(create.definition());
        decision.add(
            new ServiceCreated(
                create.serviceId(), create.namespace(), create.definition(), create.stack()));
        EveryNode.resize(decision);
      }
      case UserCommand _ -> throw new CommandRejected(NOT_FOUND, command, "it does not exist");
      case ReportContainers _, ExpireOperation _, RetryPlacement _, OfNodes _ -> {}
    }
  }

  private static void decide(ServiceCommand command, Service service, Decision decision) {
    switch (command) {
      case CreateService _ -> {} // the same idempotency key: it is there already
      case UpdateService update -> updated(update, service, decision);
      case OperationCommand operation -> ServiceOperations.begin(operation, decision);
      case AdoptContainer adopt -> Adoption.adopt(adopt, decision);
      case CreateTrigger create -> Triggers.create(create, decision);
      case DeleteTrigger delete -> Triggers.delete(delete, decision);
      case CallTrigger call -> Triggers.call(call, decision);
      case CancelOperation cancel -> Canceling.cancel(cancel, service, decision);
      case ReportContainers(_, var reports) -> {
        reports.forEach(report -> Facts.of(report, decision.service()).ifPresent(decision::add));
        ServiceOperations.next(decision);
      }
      case ExpireOperation(_, var operation) -> ServiceOperations.expire(operation, decision);
      case RetryPlacement _ -> ServiceOperations.retryPlacement(decision);
      case OfNodes nodes -> Relocation.decide(nodes, decision);
    }
  }

  private static void updated(UpdateService update, Service service, Decision decision) {
    var state = service.lifecycle();
    if (state == ServiceLifecycle.TERMINATING || state == ServiceLifecycle.TERMINATED) {
      throw new CommandRejected(
          INVALID_STATE, update, "it is %s and takes no changes".formatted(state.text()));
    }
    var before = service.definitions().current();
    var changes =
        update.changes().only(attribute -> !attribute.is(Trait.FIXED)).changesFrom(before);
    if (changes.isEmpty()) {
      return;
    }
    checkStrategy(update, before, before.with(changes));
    changes.check();
    EngineRules.check(changes);
    DefinitionRules.check(before.with(changes));
    decision.add(new ServiceUpdated(service.id(), changes));
  }

  private static void checkStrategy(
      UpdateService update, ServiceDefinition before, ServiceDefinition after) {
    var from = before.get(DEPLOYMENT_STRATEGY);
    var to = after.get(DEPLOYMENT_STRATEGY);
    if (from != to
        && (from == DeploymentStrategy.EVERY_NODE || to == DeploymentStrategy.EVERY_NODE)) {
      throw new CommandRejected(
          INVALID_CHANGE, update, "deployment_strategy cannot change to or from EVERY_NODE");
    }
  }
}
