package dev.slipway.command.service;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows which services use another one's volumes, which must not end before they do. */
public interface VolumeUsers {

  /** What they are called, in words. */
  List<String> of(ServiceId service);

  /**
   * @throws CommandRejected if somebody uses the service's volumes
   */
  default void refuseIfUsed(TerminateService command, @Nullable Service service) {
    if (service == null || !service.namespace().equals(command.namespace())) {
      return; // the decider says that there is none, and no more
    }
    var users = of(command.serviceId());
    if (!users.isEmpty()) {
      throw new CommandRejected(
          CommandRejected.Reason.INVALID_STATE,
          command,
          "its volumes are used by %s; terminate them first".formatted(String.join(", ", users)));
    }
  }
}
