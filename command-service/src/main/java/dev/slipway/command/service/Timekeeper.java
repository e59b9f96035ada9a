package dev.slipway.command.service;

import dev.slipway.command.ledger.LedgerNode;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;

/** Ends operations whose deadline has passed, and wakes those that wait for a node. */
public final class Timekeeper {

  private static final String PART = "timekeeper";

  private final Commands commands;
  private final LedgerReader ledger;

  public Timekeeper(Commands commands, LedgerReader ledger) {
    this.commands = commands;
    this.ledger = ledger;
  }

  /** One round; what fails in it is found again by the next. */
  public void look() {
    for (var expired : ledger.expired()) {
      commands.send(
          new ExpireOperation(expired.service(), expired.operation()), expired.service(), PART);
    }
    var waiting = ledger.waiting();
    if (!waiting.isEmpty() && ledger.nodes().stream().anyMatch(LedgerNode::reachable)) {
      waiting.forEach(service -> commands.send(new RetryPlacement(service), service, PART));
    }
  }
}
