package dev.slipway.command.stack;

import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import java.util.List;

/**
 * What follows from a command to a stack.
 *
 * @param events of the stack itself
 * @param commands to its services, in the order in which they are to be sent
 */
record StackDecision(List<StackEvent> events, List<ServiceCommand.UserCommand> commands) {

  static final StackDecision NOTHING = new StackDecision(List.of(), List.of());

  StackDecision {
    events = List.copyOf(events);
    commands = List.copyOf(commands);
  }

  /** Whether there is work that takes its time. */
  boolean begins() {
    return events.stream().anyMatch(StackOperationBegun.class::isInstance);
  }
}
