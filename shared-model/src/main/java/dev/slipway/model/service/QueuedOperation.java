package dev.slipway.model.service;

import dev.slipway.model.action.ActionId;
import java.time.Instant;
import java.util.List;

/**
 * An operation that waits for the one under way: users are refused meanwhile, triggers wait.
 *
 * @param more how many containers it adds to the target; 0 for a redeploy
 * @param variables to set in each container that it deploys
 */
public record QueuedOperation(
    ActionId id,
    OperationKind kind,
    Instant deadline,
    int more,
    List<EnvironmentVariable> variables) {

  public QueuedOperation {
    variables = List.copyOf(variables);
  }

  public QueuedOperation withVariables(List<EnvironmentVariable> others) {
    return new QueuedOperation(id, kind, deadline, more, others);
  }
}
