package dev.slipway.command.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.node.NodeCommand.CheckNode;
import dev.slipway.command.node.NodeCommand.DrainNode;
import dev.slipway.command.node.NodeCommand.EndDrain;
import dev.slipway.command.node.NodeCommand.HearNode;
import dev.slipway.command.node.NodeCommand.LoseNode;
import dev.slipway.command.node.NodeCommand.RemoveUnowned;
import dev.slipway.command.node.NodeCommand.TerminateNode;
import dev.slipway.command.node.NodeCommand.UndrainNode;
import dev.slipway.command.node.NodeCommand.UpdateNode;
import dev.slipway.command.node.NodeCommand.UpgradeEngine;
import dev.slipway.command.node.NodeCommand.UserNodeCommand;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeDrainEnded;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NodeDeciderTest {

  private static final NodeId A = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final NodeEvent REGISTERED =
      new NodeRegistered(A, new Namespace("admin"), facts("20"));

  private static NodeFacts facts(String engine) {
    return new NodeFacts("a", List.of("ssd"), "10.0.0.1", engine, new Capacity(2, 1, 1), false);
  }

  private static Asked asked(String namespace) {
    var origin = new Origin("admin", "127.0.0.1", "test", null);
    return new Asked(
        ACTION,
        new ActionRequest(new Namespace(namespace), "Node Update", "/", "PATCH", "/", "", origin));
  }

  private static Asked asked() {
    return asked("admin");
  }

  private static Node after(NodeEvent... events) {
    var node = Node.evolve(null, REGISTERED, 0, NOW);
    for (int i = 0; i < events.length; i++) {
      node = Node.evolve(node, events[i], i + 1, NOW);
    }
    return Objects.requireNonNull(node);
  }

  private static void refuses(UserNodeCommand command, Node node, String... words) {
    assertThatThrownBy(() -> NodeDecider.decide(command, node))
        .isInstanceOf(NodeRejected.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void keepsTheTagsOfTheAgentApartFromThoseOfTheUser() {
    var update = new UpdateNode(A, asked(), "left", List.of("ssd", "prod"));
    assertThat(NodeDecider.decide(update, after()))
        .containsExactly(new NodeUpdated(A, "left", List.of("prod")));
    var updated = after(new NodeUpdated(A, "left", List.of("prod")));
    assertThat(updated.tags()).containsExactly("prod", "ssd");
    assertThat(NodeDecider.decide(update, updated)).isEmpty();
  }

  @Test
  void changesOnlyWhatIsSaid() {
    var named = after(new NodeUpdated(A, "left", List.of("prod")));
    assertThat(NodeDecider.decide(new UpdateNode(A, asked(), null, List.of()), named))
        .containsExactly(new NodeUpdated(A, "left", List.of()));
    assertThat(NodeDecider.decide(new UpdateNode(A, asked(), "", null), named))
        .containsExactly(new NodeUpdated(A, null, List.of("prod")));
  }

  @Test
  void aNodeWhoseEngineCannotBeUsedIsLostWhenItFallsSilentToo() {
    var facts =
        new NodeFacts(
            "a", List.of(), "10.0.0.1", null, new Capacity(2, 1, 1), false, null, "refuses: old");
    var broken = after(new NodeFactsChanged(A, facts));
    assertThat(NodeDecider.failure(new CheckNode(A, asked()), broken))
        .isEqualTo("the agent of a answers, but its Docker Engine refuses: old");
    assertThat(NodeDecider.decide(new LoseNode(A), broken)).containsExactly(new NodeUnreachable(A));
  }

  @Test
  void isTerminatedOnlyWhenEmptyOrByForce() {
    refuses(
        new TerminateNode(A, asked(), List.of("/container/1/"), false),
        after(),
        "/container/1/",
        "force=true");
    assertThat(NodeDecider.decide(new TerminateNode(A, asked(), List.of(), false), after()))
        .containsExactly(new NodeTerminated(A));
    assertThat(NodeDecider.decide(new TerminateNode(A, asked(), List.of("x"), true), after()))
        .containsExactly(new NodeTerminated(A));
  }

  @Test
  void isNothingMoreOnceTerminated() {
    var gone = after(new NodeTerminated(A));
    refuses(new UpdateNode(A, asked(), "x", null), gone, "Terminated");
    refuses(new TerminateNode(A, asked(), List.of(), true), gone, "Terminated");
    assertThat(NodeDecider.decide(new HearNode(A, new Namespace("admin"), facts("28")), gone))
        .isEmpty();
  }

  @Test
  void doesNotExistForOtherNamespaces() {
    refuses(new UpdateNode(A, asked("other"), "x", null), after(), "does not exist");
  }

  @Test
  void isDrainedOnceAtATime() {
    var drain = new DrainNode(A, asked(), NOW.plusSeconds(60));
    var begun = new NodeDrainBegun(A, ACTION, NOW.plusSeconds(60));
    assertThat(NodeDecider.decide(drain, after())).containsExactly(begun);
    refuses(drain, after(begun), "drained already");
    var ended = new NodeDrainEnded(A, ACTION, false, "too late");
    assertThat(NodeDecider.decide(new EndDrain(A, ACTION, "too late"), after(begun)))
        .containsExactly(ended);
    assertThat(NodeDecider.decide(new EndDrain(A, ACTION, null), after(begun, ended))).isEmpty();
    assertThat(NodeDecider.decide(drain, after(begun, ended))).containsExactly(begun);
  }

  @Test
  void endsTheDrainWhenItIsUndrainedOrTerminated() {
    var draining = after(new NodeDrainBegun(A, ACTION, NOW));
    assertThat(NodeDecider.decide(new UndrainNode(A, asked()), draining))
        .containsExactly(
            new NodeDrainEnded(A, ACTION, false, "the node was undrained before it was empty"),
            new NodeUndrained(A));
    assertThat(NodeDecider.decide(new TerminateNode(A, asked(), List.of(), false), draining))
        .containsExactly(
            new NodeDrainEnded(A, ACTION, false, "the node was terminated"), new NodeTerminated(A));
    assertThat(NodeDecider.decide(new UndrainNode(A, asked()), after())).isEmpty();
  }

  @Test
  void removesOnlyWhatItsAgentReportsAsUnownedAndNoServiceHas() {
    var service = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
    var old = ContainerId.of(service, 1, 1);
    var made = new LogStamp("one", 1, LogTerm.of("2.aa"), 7);
    var reported = new Unowned(old, "web-1", "of a lost past", service, null, made);
    assertThat(NodeDecider.decide(new RemoveUnowned(A, asked(), old, reported, null), after()))
        .containsExactly(new UnownedRemovalRequested(A, old, made));
    refuses(
        new RemoveUnowned(A, asked(), old, null, null), after(), "reports no unowned container");
    refuses(
        new RemoveUnowned(A, asked(), old, reported, service),
        after(),
        "belongs to service " + service);
  }

  @Test
  void saysHonestlyWhetherItAnswers() {
    var check = new CheckNode(A, asked());
    assertThat(NodeDecider.failure(check, after())).isNull();
    assertThat(NodeDecider.failure(check, after(new NodeUnreachable(A)))).contains("no heartbeat");
    var withoutEngine =
        Node.evolve(
            null,
            new NodeRegistered(
                A,
                new Namespace("admin"),
                new NodeFacts("a", List.of(), "", null, new Capacity(1, 1, 1), false)),
            0,
            NOW);
    assertThat(NodeDecider.failure(check, Objects.requireNonNull(withoutEngine)))
        .contains("Docker Engine does not");
    assertThat(NodeDecider.failure(new UpgradeEngine(A, asked()), after())).contains("now 20");
  }
}
