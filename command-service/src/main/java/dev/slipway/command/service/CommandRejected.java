package dev.slipway.command.service;

import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.OfNodes;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import java.util.List;

/** A wish that cannot be met. The reason, not the message, becomes the status of the answer. */
public final class CommandRejected extends RuntimeException {

  /** Why a wish cannot be met. */
  public enum Reason {
    NOT_FOUND,
    /** It is not at the version that the command is for. */
    MOVED,
    INVALID_STATE,
    INVALID_CHANGE
  }

  /** What the names of commands end in, after their verb. */
  private static final List<String> OBJECTS =
      List.of("Service", "Operation", "Placement", "Containers");

  private final Reason reason;

  CommandRejected(Reason reason, ServiceCommand command, String because) {
    super("Expected to %s, but %s".formatted(what(command), because));
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  private static String what(ServiceCommand command) {
    return switch (command) {
      case OperateContainer(_, _, var kind, var container, _, _) ->
          "%s container %s".formatted(kind.text(), container);
      case AdoptContainer adopt ->
          "adopt container %s into service %s".formatted(adopt.container(), adopt.serviceId());
      case CallTrigger call -> "call trigger " + call.trigger();
      case DeleteTrigger delete -> "delete trigger " + delete.trigger();
      case CreateTrigger create -> "create a trigger of service " + create.serviceId();
      case CreateService _, UpdateService _, OperationCommand _, CancelOperation _ -> verb(command);
      case ReportContainers _, ExpireOperation _, RetryPlacement _, OfNodes _ -> verb(command);
    };
  }

  private static String verb(ServiceCommand command) {
    var name = command.getClass().getSimpleName();
    return OBJECTS.stream()
        .filter(name::endsWith)
        .findFirst()
        .map(object -> name.substring(0, name.length() - object.length()))
        .orElse(name)
        .toLowerCase(java.util.Locale.ROOT)
        .concat(" service " + command.serviceId());
  }
}
