package dev.slipway.command.service;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Attempts;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceId;

/** Ends operations whose deadline has passed, and wakes those that wait for a node. */
public final class Timekeeper {

  private static final String PART = "timekeeper";

  private final Commands commands;
  private final LedgerReader ledger;
  private final Attempts attempts = new Attempts(PART);

  public Timekeeper(Commands commands, LedgerReader ledger) {
    this.commands = commands;
    this.ledger = ledger;
  }

  /** One round; what fails in it holds up nothing else, and is found again by the next. */
  public void look() {
    for (var expired : ledger.expired()) {
      send(expired.service(), new ExpireOperation(expired.service(), expired.operation()));
    }
    var waiting = ledger.waiting();
    if (!waiting.isEmpty() && ledger.nodes().stream().anyMatch(LedgerNode::reachable)) {
      waiting.forEach(service -> send(service, new RetryPlacement(service)));
    }
  }

  private void send(ServiceId service, ServiceCommand command) {
    attempts.attempt(command, () -> commands.send(command, service, PART));
  }
}
