package dev.slipway.command.stack;

import static dev.slipway.command.stack.StackRejected.Reason.INVALID_CHANGE;
import static dev.slipway.command.stack.StackRejected.Reason.INVALID_STATE;
import static dev.slipway.command.stack.StackRejected.Reason.MOVED;
import static dev.slipway.command.stack.StackRejected.Reason.NOT_FOUND;
import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;

import dev.slipway.command.service.ServiceOperations;
import dev.slipway.command.stack.StackCommand.CreateStack;
import dev.slipway.command.stack.StackCommand.EndStackOperation;
import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.command.stack.StackCommand.UserCommand;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what follows from a command to a stack. Pure: its services come with the command. */
final class StackDecider {

  private StackDecider() {}

  /**
   * The services of a stack.
   *
   * @param services that are not terminated, the oldest first
   * @param complete false while some that were asked for are still to be made
   */
  record Inventory(List<Service> services, boolean complete) {}

  /**
   * @param stack null if there is none yet
   * @throws StackRejected if a user's wish cannot be met in this state
   */
  static StackDecision decide(StackCommand command, @Nullable Stack stack, Inventory inventory) {
    if (command instanceof CreateStack create && stack == null) {
      return created(create);
    }
    boolean foreign =
        stack != null
            && command instanceof UserCommand user
            && !user.asked().request().namespace().equals(stack.namespace());
    if (stack == null || foreign) {
      throw new StackRejected(NOT_FOUND, "stack %s does not exist".formatted(command.stackId()));
    }
    checkVersion(command, stack);
    return switch (command) {
      case CreateStack _ -> StackDecision.NOTHING; // the same idempotency key: it is there already
      case UpdateStack update -> updated(update, stack, inventory);
      case OperateStack operate -> begun(operate, stack, inventory);
      case EndStackOperation end -> new StackDecision(ended(end, stack), List.of());
    };
  }

  private static void checkVersion(StackCommand command, Stack stack) {
    var wanted = command instanceof UserCommand user ? user.asked().version() : null;
    if (wanted != null && wanted != stack.version()) {
      throw new StackRejected(
          MOVED,
          "stack %s is at version %d, not %d".formatted(stack.id(), stack.version(), wanted));
    }
  }

  private static StackDecision created(CreateStack create) {
    var event =
        new StackCreated(
            create.stackId(),
            create.asked().request().namespace(),
            create.name(),
            create.nickname());
    var stack = Stack.evolve(null, event, Instant.EPOCH);
    return new StackDecision(
        List.of(event, new StackDefined(create.stackId(), create.services())),
        inOrder(create.services()).stream()
            .<ServiceCommand.UserCommand>map(
                one -> ServiceWishes.create(create.asked(), stack, one))
            .toList());
  }

  private static StackDecision updated(UpdateStack update, Stack stack, Inventory inventory) {
    refuseWhenBusy("update", stack, inventory);
    var existing =
        inventory.services().stream().collect(Collectors.toMap(Service::id, Function.identity()));
    var commands = new ArrayList<ServiceCommand.UserCommand>();
    for (var planned : inOrder(update.services())) {
      var service = existing.get(planned.service());
      if (service == null) {
        commands.add(ServiceWishes.create(update.asked(), stack, planned));
      } else {
        var whole = planned.appliedTo(service.definitions().current());
        checkChange(service, whole);
        if (!whole.changesFrom(service.definitions().current()).isEmpty()) {
          commands.add(ServiceWishes.update(update.asked(), stack, service.id(), whole));
        }
      }
    }
    if (update.prune()) {
      commands.addAll(Pruning.of(update, stack, inventory.services()));
    }
    var events = new ArrayList<StackEvent>();
    if (update.nickname() != null && !update.nickname().equals(stack.nickname())) {
      events.add(new StackRenamed(stack.id(), update.nickname()));
    }
    if (!commands.isEmpty()) {
      events.add(new StackDefined(stack.id(), update.result(inventory.services())));
    }
    return new StackDecision(events, commands);
  }

  private static void checkChange(Service service, ServiceDefinition after) {
    if (service.lifecycle() == ServiceLifecycle.TERMINATING) {
      throw new StackRejected(
          INVALID_STATE,
          "service %s is Terminating and takes no changes".formatted(service.name()));
    }
    var from = service.definitions().current().get(DEPLOYMENT_STRATEGY);
    var to = after.get(DEPLOYMENT_STRATEGY);
    if (from != to
        && (from == DeploymentStrategy.EVERY_NODE || to == DeploymentStrategy.EVERY_NODE)) {
      throw new StackRejected(
          INVALID_CHANGE,
          "deployment_strategy of service %s cannot change to or from EVERY_NODE"
              .formatted(service.name()));
    }
  }

  private static StackDecision begun(OperateStack operate, Stack stack, Inventory inventory) {
    var verb = operate.kind().text();
    refuseWhenBusy(verb, stack, inventory);
    var able =
        inventory.services().stream()
            .filter(one -> ServiceOperations.allowedIn(one.lifecycle()).contains(operate.kind()))
            .toList();
    boolean terminates = operate.kind() == OperationKind.TERMINATE;
    boolean enough = terminates ? able.size() == inventory.services().size() : !able.isEmpty();
    if (!enough) {
      throw refused(verb, stack, inventory);
    }
    var definitions = new LinkedHashMap<ServiceId, ServiceDefinition>();
    able.forEach(service -> definitions.put(service.id(), service.definitions().current()));
    var order = LinkOrder.of(definitions);
    return begun(operate, stack, terminates ? order.reversed() : order);
  }

  private static StackDecision begun(OperateStack operate, Stack stack, List<ServiceId> order) {
    var events = new ArrayList<StackEvent>();
    var operation = operate.asked().action();
    events.add(
        new StackOperationBegun(
            stack.id(),
            operation,
            operate.kind(),
            operate.deadline(),
            operate.reuseVolumes(),
            order));
    if (order.isEmpty()) {
      events.add(new StackOperationEnded(stack.id(), operation, true, null));
      events.add(new StackTerminated(stack.id()));
    }
    return new StackDecision(
        events, order.stream().map(id -> ServiceWishes.operate(operate, stack, id)).toList());
  }

  private static void refuseWhenBusy(String verb, Stack stack, Inventory inventory) {
    if (stack.terminated() || stack.work() != null) {
      throw refused(verb, stack, inventory);
    }
    if (!inventory.complete()) {
      throw new StackRejected(
          INVALID_STATE,
          "Expected to %s stack %s, but its services are still being made"
              .formatted(verb, stack.id()));
    }
  }

  private static StackRejected refused(String verb, Stack stack, Inventory inventory) {
    if (inventory.services().isEmpty() && !stack.terminated()) {
      return new StackRejected(
          INVALID_STATE,
          "Expected to %s stack %s, but it has no services".formatted(verb, stack.id()));
    }
    return new StackRejected(
        INVALID_STATE,
        "Expected to %s stack %s, but it is %s%s"
            .formatted(
                verb,
                stack.id(),
                StackResource.state(stack, inventory.services()).text(),
                inventory.services().stream()
                    .map(one -> "%s is %s".formatted(one.name(), one.lifecycle().text()))
                    .limit(10)
                    .collect(Collectors.joining(", ", " (", ")"))));
  }

  private static List<StackEvent> ended(EndStackOperation end, Stack stack) {
    var work = stack.work();
    if (work == null || !work.operation().equals(end.operation())) {
      return List.of();
    }
    var ended = new StackOperationEnded(stack.id(), end.operation(), end.success(), end.reason());
    return work.kind() == OperationKind.TERMINATE && end.success()
        ? List.of(ended, new StackTerminated(stack.id()))
        : List.of(ended);
  }

  private static List<DefinedService> inOrder(List<DefinedService> services) {
    var definitions = new LinkedHashMap<ServiceId, ServiceDefinition>();
    services.forEach(one -> definitions.put(one.service(), one.definition()));
    Map<ServiceId, DefinedService> byId =
        services.stream().collect(Collectors.toMap(DefinedService::service, Function.identity()));
    return LinkOrder.of(definitions).stream()
        .map(id -> Objects.requireNonNull(byId.get(id)))
        .toList();
  }
}
