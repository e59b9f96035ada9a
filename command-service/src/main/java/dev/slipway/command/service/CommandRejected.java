package dev.slipway.command.service;

import dev.slipway.model.service.ServiceCommand;

/** A wish that cannot be met. The reason, not the message, becomes the status of the answer. */
public final class CommandRejected extends RuntimeException {

  /** Why a wish cannot be met. */
  public enum Reason {
    NOT_FOUND,
    INVALID_STATE,
    INVALID_CHANGE
  }

  private final Reason reason;

  CommandRejected(Reason reason, ServiceCommand command, String because) {
    super(
        "Expected to %s service %s, but %s".formatted(verb(command), command.serviceId(), because));
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  private static String verb(ServiceCommand command) {
    return command
        .getClass()
        .getSimpleName()
        .replaceFirst("(Service|Operation|Placement|Containers)$", "")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
