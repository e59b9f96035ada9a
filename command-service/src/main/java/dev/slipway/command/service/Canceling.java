package dev.slipway.command.service;

import static dev.slipway.command.service.CommandRejected.Reason.INVALID_STATE;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceEvent.QueuedOperationDropped;

/**
 * Gives up an operation: it ends as failed, and the containers give the state, as if its deadline
 * had passed. Nothing is taken back that a node was asked for already.
 */
final class Canceling {

  private Canceling() {}

  static void cancel(CancelOperation cancel, Service service, Decision decision) {
    var id = cancel.operation();
    var reason = "canceled by " + cancel.asked().request().origin().user();
    var scope = ServiceOperations.find(id, decision);
    if (scope.isPresent()) {
      decision.add(scope.get().ended(reason));
    } else if (service.activity().queue().stream().anyMatch(queued -> queued.id().equals(id))) {
      decision.add(new QueuedOperationDropped(service.id(), id, reason));
    } else {
      throw new CommandRejected(INVALID_STATE, cancel, "nothing goes on that could be canceled");
    }
  }
}
