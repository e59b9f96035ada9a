package dev.slipway.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeDrainHeldUp;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeDocumentTest {

  static final NodeId ID = new NodeId("3f0c7d7e-0000-4000-8000-0000000000aa");
  static final ActionId DRAIN = new ActionId("ac000000-0000-4000-8000-000000000001");
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final NodeFacts FACTS =
      new NodeFacts("here", List.of("ssd"), "127.0.0.1", null, new Capacity(2, 4, 8), false);
  static final NodeFacts NEWER =
      new NodeFacts("here", List.of(), "127.0.0.1", "20.10", new Capacity(2, 4, 8), false);
  static final List<NodeEvent> LIFE =
      List.of(
          new NodeRegistered(ID, new Namespace("admin"), FACTS),
          new NodeUnreachable(ID),
          new NodeReturned(ID),
          new NodeUpdated(ID, "mine", List.of("prod")),
          new NodeFactsChanged(ID, NEWER),
          new NodeDrainBegun(ID, DRAIN, START.plusSeconds(3600)),
          new NodeDrainHeldUp(ID, DRAIN, "containers left: 1; web-1: no node can take it"),
          new NodeDrainHeldUp(ID, DRAIN, null),
          new NodeDrainEnded(ID, DRAIN, true, null),
          new NodeTerminated(ID));

  static Node fold(Node view, int events) {
    for (int i = 0; i < events; i++) {
      view = Node.evolve(view, LIFE.get(i), i, START.plusSeconds(i));
    }
    return view;
  }

  @Test
  void followsItsNode() {
    assertThat(fold(null, 1).state()).isEqualTo(Node.State.DEPLOYED);
    assertThat(fold(null, 2).state()).isEqualTo(Node.State.UNREACHABLE);
    assertThat(fold(null, 3).state()).isEqualTo(Node.State.DEPLOYED);
    assertThat(fold(null, 4).named().nickname()).isEqualTo("mine");
    assertThat(fold(null, 5).facts()).isEqualTo(NEWER);
    assertThat(fold(null, 10).terminated()).isEqualTo(START.plusSeconds(9));
  }

  @Test
  void isUnreachableWhileItsEngineCannotBeUsed() {
    var problem =
        new NodeFacts(
            "here",
            List.of(),
            "127.0.0.1",
            "19.03",
            new Capacity(2, 4, 8),
            false,
            null,
            "refuses: it is too old");
    var broken = Node.evolve(fold(null, 5), new NodeFactsChanged(ID, problem), 5, START);
    assertThat(broken.state()).isEqualTo(Node.State.UNREACHABLE);
    assertThat(broken.engineProblem()).isEqualTo("Docker Engine on mine refuses: it is too old");
    assertThat(NodeDocument.view(NodeDocument.of(broken))).isEqualTo(broken);
    var mended = Node.evolve(broken, new NodeFactsChanged(ID, NEWER), 6, START);
    assertThat(mended.state()).isEqualTo(Node.State.DEPLOYED);
    assertThat(mended.engineProblem()).isNull();
  }

  @Test
  void saysWhatHoldsItsDrainUpWhileItDoes() {
    assertThat(fold(null, 6).drain())
        .isEqualTo(new Node.Drain(DRAIN, START.plusSeconds(3600), true, null));
    assertThat(fold(null, 7).drain().reason()).contains("web-1");
    assertThat(fold(null, 8).drain().reason()).isNull();
    assertThat(fold(null, 9).drain().underWay()).isFalse();
  }

  @Test
  void isTheSameWhenItsEventsComeAgain() {
    for (int events = 1; events <= LIFE.size(); events++) {
      var once = fold(null, events);
      assertThat(fold(once, events)).isEqualTo(once);
      assertThat(NodeDocument.view(NodeDocument.of(once))).isEqualTo(once);
    }
  }
}
