package dev.slipway.command.node;

import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** The decider of nodes, wired to Axon. */
class NodeAggregateTest {

  private static final NodeId A = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final Namespace ADMIN = new Namespace("admin");

  private final AggregateTestFixture<NodeAggregate> axon =
      new AggregateTestFixture<>(NodeAggregate.class);

  private static NodeFacts facts(String version) {
    return new NodeFacts("a", List.of(), "10.0.0.1", version, new Capacity(2, 1, 1), false);
  }

  @Test
  void registersAtItsFirstHeartbeat() {
    axon.givenNoPriorActivity()
        .when(new HearNode(A, ADMIN, facts("20")))
        .expectEvents(new NodeRegistered(A, ADMIN, facts("20")));
  }

  @Test
  void saysNothingOfWhatIsKnown() {
    axon.given(new NodeRegistered(A, ADMIN, facts("20")))
        .when(new HearNode(A, ADMIN, facts("20")))
        .expectNoEvents();
  }

  @Test
  void returnsWithWhatIsNewAfterASilence() {
    axon.given(new NodeRegistered(A, ADMIN, facts("20")), new NodeUnreachable(A))
        .when(new HearNode(A, ADMIN, facts("28")))
        .expectEvents(new NodeFactsChanged(A, facts("28")), new NodeReturned(A));
  }

  @Test
  void isLostOnce() {
    axon.given(new NodeRegistered(A, ADMIN, facts("20")), new NodeUnreachable(A))
        .when(new LoseNode(A))
        .expectNoEvents();
  }
}
