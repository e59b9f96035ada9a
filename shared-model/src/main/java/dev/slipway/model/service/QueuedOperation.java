package dev.slipway.model.service;

import dev.slipway.model.action.ActionId;
import java.time.Duration;
import java.util.List;

/**
 * An operation that waits for the work under way: users are refused meanwhile, triggers wait.
 *
 * @param longest how long it may take once it has begun
 * @param more how many containers it adds to the target; 0 for a redeploy
 * @param variables to set in each container that it deploys
 */
public record QueuedOperation(
    ActionId id,
    OperationKind kind,
    Duration longest,
    int more,
    List<EnvironmentVariable> variables) {

  public QueuedOperation {
    variables = List.copyOf(variables);
  }

  public QueuedOperation withVariables(List<EnvironmentVariable> others) {
    return new QueuedOperation(id, kind, longest, more, others);
  }

  /** Both at once; of what both say, the later call's word holds. */
  public QueuedOperation joinedBy(QueuedOperation later) {
    return new QueuedOperation(id, kind, longest, more + later.more, later.variables);
  }
}
