package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_CHANGE;
import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;
import static dev.slipway.command.service.CommandRejected.Reason.NOT_FOUND;
import static dev.slipway.model.attribute.Attributes.MOST_CONTAINERS;
import static dev.slipway.model.attribute.Attributes.TARGET_NUM_CONTAINERS;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.TriggerCreated;
import dev.slipway.model.service.ServiceEvent.TriggerDeleted;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.Trigger.Effect;
import dev.slipway.model.service.TriggerId;
import java.util.Optional;

/** What a service's triggers are, and what a call of one leads to. */
final class Triggers {

  private static final int MOST = 100;

  private Triggers() {}

  static void create(CreateTrigger command, Decision decision) {
    var service = decision.service();
    refuseAtItsEnd(command, service);
    if (service.triggers().size() >= MOST) {
      throw new CommandRejected(
          INVALID_CHANGE, command, "it has %d triggers, which is the most".formatted(MOST));
    }
    if (command.trigger().effect() == Effect.SCALEUP
        && EveryNode.isStrategyOf(service.definitions().current())) {
      throw new CommandRejected(
          INVALID_CHANGE, command, "its deployment_strategy is EVERY_NODE: the nodes say how many");
    }
    decision.add(new TriggerCreated(service.id(), command.trigger()));
  }

  static void delete(DeleteTrigger command, Decision decision) {
    var trigger = require(command, command.trigger(), decision.service());
    decision.add(new TriggerDeleted(decision.service().id(), trigger.id()));
  }

  /** Does it at once, or when all that goes on has ended: of one kind no two wait. */
  static void call(CallTrigger command, Decision decision) {
    var service = decision.service();
    var trigger = require(command, command.trigger(), service);
    refuseAtItsEnd(command, service);
    var wish = wish(command, trigger);
    if (service.activity().isIdle()) {
      checkSize(wish, service);
      Queued.begin(wish, decision);
      return;
    }
    var told = waiting(wish.kind(), service).map(first -> first.joinedBy(wish)).orElse(wish);
    checkSize(told, service);
    decision.add(new OperationQueued(service.id(), told));
  }

  private static void checkSize(QueuedOperation wish, Service service) {
    int target = service.definitions().current().get(TARGET_NUM_CONTAINERS);
    if (wish.more() > MOST_CONTAINERS - target) {
      throw new InvalidInput(
          TARGET_NUM_CONTAINERS.name(), "must be at most %d".formatted(MOST_CONTAINERS));
    }
  }

  private static QueuedOperation wish(CallTrigger command, Trigger trigger) {
    boolean scales = trigger.effect() == Effect.SCALEUP;
    return new QueuedOperation(
        command.asked().action(),
        scales ? OperationKind.SCALE : OperationKind.REDEPLOY,
        command.longest(),
        scales ? command.more() : 0,
        command.variables());
  }

  private static Optional<QueuedOperation> waiting(OperationKind kind, Service service) {
    return service.activity().queue().stream().filter(one -> one.kind() == kind).findFirst();
  }

  private static Trigger require(UserCommand command, TriggerId id, Service service) {
    return service.triggers().stream()
        .filter(trigger -> trigger.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandRejected(NOT_FOUND, command, "it does not exist"));
  }

  private static void refuseAtItsEnd(UserCommand command, Service service) {
    var state = service.lifecycle();
    if (state == ServiceLifecycle.TERMINATING || state == ServiceLifecycle.TERMINATED) {
      throw new CommandRejected(INVALID_STATE, command, "it is " + state.text());
    }
  }
}
