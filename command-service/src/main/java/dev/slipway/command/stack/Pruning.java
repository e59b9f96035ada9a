package dev.slipway.command.stack;

import dev.slipway.command.service.ServiceOperations;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.Stack;
import java.util.LinkedHashMap;
import java.util.List;

/** Terminates the services of a stack that an update does not name. */
final class Pruning {

  private Pruning() {}

  /**
   * Those that use others' volumes go first.
   *
   * @throws StackRejected if one is in no state for it
   */
  static List<UserCommand> of(UpdateStack update, Stack stack, List<Service> services) {
    var gone = new LinkedHashMap<ServiceId, ServiceDefinition>();
    for (var service : services) {
      if (update.services().stream().noneMatch(one -> one.service().equals(service.id()))) {
        check(service);
        gone.put(service.id(), service.definitions().current());
      }
    }
    return LinkOrder.of(gone).reversed().stream()
        .<UserCommand>map(
            id -> ServiceWishes.terminate(update.asked(), stack, id, update.deadline()))
        .toList();
  }

  private static void check(Service service) {
    if (!ServiceOperations.allowedIn(service.lifecycle()).contains(OperationKind.TERMINATE)) {
      throw new StackRejected(
          StackRejected.Reason.INVALID_STATE,
          "service %s is %s and cannot be removed now"
              .formatted(service.name(), service.lifecycle().text()));
    }
  }
}
