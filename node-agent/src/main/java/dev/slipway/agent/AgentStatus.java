package dev.slipway.agent;

import dev.slipway.agent.messaging.AssignmentReader;
import dev.slipway.agent.messaging.LogCheckpoint;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.AgentState.Session;
import org.jspecify.annotations.Nullable;

/** Describes this agent for its heartbeats. */
final class AgentStatus {

  private static final int MAX_UNOWNED = 100;

  private final Session session;
  private final LogCheckpoint checkpoint;
  private final AssignmentReader assignments;
  private final ReconcileLoop loop;

  AgentStatus(
      Session session, LogCheckpoint checkpoint, AssignmentReader assignments, ReconcileLoop loop) {
    this.session = session;
    this.checkpoint = checkpoint;
    this.assignments = assignments;
    this.loop = loop;
  }

  AgentState state() {
    var unowned = loop.unowned().stream().limit(MAX_UNOWNED).toList();
    return new AgentState(session, checkpoint.seen(), problem(), unowned);
  }

  private @Nullable String problem() {
    var obstacle = assignments.problem();
    if (obstacle != null) {
      return obstacle;
    }
    int missing = loop.withoutRecord().size();
    return missing == 0
        ? null
        : "Kafka lacks the assignments of %d containers that the complete list names"
            .formatted(missing);
  }
}
