package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.FleetResized;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RelocationTest {

  static final NodeId NODE_C = new NodeId("0c000000-0000-4000-8000-00000000000c");
  static final LeaveNode LEAVE_A = new LeaveNode(WEB, NODE_A);
  static final FollowNodes FOLLOW = new FollowNodes(WEB);

  static GiveUpNode giveUp(NodeId node, boolean always) {
    return new GiveUpNode(WEB, node, "it is gone", always);
  }

  static Given onlyOnA(int containers, Object... attributes) {
    return Given.created(containers, attributes)
        .withNodes(NODE_A)
        .after(Given.start())
        .allRun()
        .withNode(NODE_B, true, false, "ssd");
  }

  static List<NodeId> nodes(Given given) {
    return given.service().fleet().containers().stream().map(Container::node).sorted().toList();
  }

  @Nested
  class ANodeThatIsDrained {

    final Given drained = onlyOnA(2).withNode(NODE_A, true, true, "ssd");

    @Test
    void isLeftOneContainerAtATimeEachAfterItsReplacementRuns() {
      var moving = drained.after(LEAVE_A);
      assertThat(drained.when(LEAVE_A)).hasSize(1).first().isInstanceOf(ContainerPlaced.class);
      assertThat(nodes(moving)).containsExactly(NODE_A, NODE_A, NODE_B);
      assertThat(moving.when(LEAVE_A)).isEmpty();
      var first = moving.service().fleet().in(1);
      assertThat(moving.allRun().when(LEAVE_A))
          .contains(new ContainerWithdrawn(WEB, first.getFirst().id()));
    }

    @Test
    void isEmptyInTheEndAndTheServiceNeverRunsFewer() {
      var given = drained;
      for (int i = 0; i < 10; i++) {
        given = given.after(LEAVE_A).allRun();
        assertThat(given.service().lifecycle()).isNotEqualTo(ServiceLifecycle.STOPPED);
        for (var container : given.service().fleet().containers()) {
          if (container.is(ContainerPhase.TERMINATING)) {
            given = given.after(Given.report(Given.removed(container)));
          }
        }
      }
      assertThat(nodes(given)).containsExactly(NODE_B, NODE_B);
      assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }

    @Test
    void losesWhatIsStoppedAtOnce() {
      assertThat(drained.exits(1, 0).exits(2, 0).when(LEAVE_A))
          .hasSize(2)
          .allMatch(ContainerWithdrawn.class::isInstance);
    }

    @Test
    void isNotLeftWhileNoOtherCanTakeWhatIsThere() {
      var alone = drained.withoutNode(NODE_B);
      assertThat(alone.when(LEAVE_A)).isEmpty();
      assertThat(nodes(alone)).containsExactly(NODE_A, NODE_A);
    }

    @Test
    void waitsForAnOperationUnderWay() {
      assertThat(drained.after(Given.redeploy()).when(LEAVE_A)).isEmpty();
    }

    @Test
    void doesNotMakeAScaleTakeTheWrongOnesAway() {
      var scaled = drained.after(LEAVE_A).allRun().after(Given.scale());
      assertThat(scaled.service().fleet().containers()).hasSize(3);
    }
  }

  @Nested
  class ANodeThatIsLost {

    @Test
    void isWaitedForUnlessTheServiceSaysOtherwise() {
      assertThat(onlyOnA(1).withNode(NODE_A, false, false, "ssd").when(giveUp(NODE_A, false)))
          .isEmpty();
    }

    @Test
    void isReplacedIfTheServiceSaysSo() {
      var lost = onlyOnA(1, "on_node_loss", "reschedule").withNode(NODE_A, false, false, "ssd");
      assertThat(lost.when(giveUp(NODE_A, false)))
          .hasSize(2)
          .satisfiesExactly(
              event -> assertThat(event).isInstanceOf(ContainerLost.class),
              event -> assertThat(((ContainerPlaced) event).node()).isEqualTo(NODE_B));
    }

    @Test
    void leavesASlotThatIsFilledWhenANodeComes() {
      var lost = onlyOnA(1).withoutNode(NODE_A).withoutNode(NODE_B).after(giveUp(NODE_A, true));
      assertThat(nodes(lost)).isEmpty();
      assertThat(lost.service().fleet().owed()).containsExactly(1);
      assertThat(lost.when(FOLLOW)).isEmpty();
      var back = lost.withNode(NODE_C, true, false, "ssd").after(FOLLOW);
      assertThat(nodes(back)).containsExactly(NODE_C);
      assertThat(back.service().fleet().owed()).isEmpty();
    }

    @Test
    void leavesNothingToFillIfTheServiceIsStoppedMeanwhile() {
      var lost =
          Given.running(2)
              .after(giveUp(NODE_B, true))
              .withoutNode(NODE_B)
              .allRun()
              .after(Given.stop());
      assertThat(lost.service().fleet().owed()).isEmpty();
    }

    @Test
    void doesNotHoldUpAnOperation() {
      var stopping = onlyOnA(1).after(Given.stop()).withoutNode(NODE_A).after(giveUp(NODE_A, true));
      assertThat(stopping.service().operation()).isNull();
      var ending = onlyOnA(1).after(Given.terminate()).withoutNode(NODE_A);
      assertThat(ending.after(giveUp(NODE_A, true)).service().terminated()).isTrue();
    }
  }

  @Nested
  class AServiceOnEveryNode {

    final Given everywhere = Given.running(1, "deployment_strategy", "EVERY_NODE");

    @Test
    void hasOneContainerOnEachNodeThatMatches() {
      assertThat(nodes(everywhere)).containsExactly(NODE_A, NODE_B);
      assertThat(everywhere.service().fleet().size()).isEqualTo(2);
      assertThat(everywhere.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(everywhere.when(FOLLOW)).isEmpty();
    }

    @Test
    void countsTheNodesBeforeItIsStarted() {
      var created = Given.created(1, "deployment_strategy", "EVERY_NODE");
      assertThat(created.service().fleet().size()).isEqualTo(2);
      assertThat(created.withNode(NODE_C, true, false).when(FOLLOW))
          .containsExactly(new FleetResized(WEB, 3));
    }

    @Test
    void goesToANewNodeAtOnce() {
      var more = everywhere.withNode(NODE_C, true, false).after(FOLLOW);
      assertThat(nodes(more)).containsExactly(NODE_A, NODE_B, NODE_C);
      assertThat(more.when(FOLLOW)).isEmpty();
    }

    @Test
    void leavesANodeThatMatchesNoMoreAndComesBackWhenItDoes() {
      var tagged =
          Given.created(1, "deployment_strategy", "EVERY_NODE", "tags", List.of("ssd"))
              .after(Given.start())
              .allRun();
      var left = tagged.withNode(NODE_B, true, false).after(FOLLOW);
      var gone = left.isGone(2);
      assertThat(nodes(gone)).containsExactly(NODE_A);
      assertThat(gone.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(nodes(gone.withNode(NODE_B, true, false, "ssd").after(FOLLOW)))
          .containsExactly(NODE_A, NODE_B);
    }

    @Test
    void leavesADrainedNodeWithoutGoingElsewhere() {
      var drained = everywhere.withNode(NODE_A, true, true, "ssd").after(LEAVE_A);
      assertThat(drained.isGone(1).service().fleet().containers()).hasSize(1);
      assertThat(drained.isGone(1).when(FOLLOW)).isEmpty();
    }

    @Test
    void goesNowhereNewWhenItIsStopped() {
      var stopped =
          everywhere
              .exits(1, 0)
              .exits(2, 0)
              .after(Given.start())
              .allRun()
              .after(Given.stop())
              .exits(1, 0)
              .exits(2, 0);
      assertThat(stopped.withNode(NODE_C, true, false).when(FOLLOW))
          .containsExactly(new FleetResized(WEB, 3));
    }

    @Test
    void isNotTriedAgainWhereItFailed() {
      var failed =
          everywhere.after(Given.report(Given.failed(everywhere.container(1), "no such image")));
      assertThat(failed.when(FOLLOW)).isEmpty();
    }

    @Test
    void cannotBeScaledByHand() {
      assertThatThrownBy(() -> everywhere.when(Given.scale()))
          .isInstanceOf(CommandRejected.class)
          .hasMessageContaining("EVERY_NODE")
          .extracting("reason")
          .isEqualTo(CommandRejected.Reason.INVALID_CHANGE);
    }

    @Test
    void givesUpANodeThatIsTerminated() {
      var gone = everywhere.withoutNode(NODE_A).after(giveUp(NODE_A, true));
      assertThat(nodes(gone)).containsExactly(NODE_B);
      assertThat(gone.service().fleet().size()).isEqualTo(1);
    }
  }

  @Nested
  class ASequentialService {

    final Given created = Given.created(3, "sequential_deployment", true);

    @Test
    void deploysTheNextWhenTheOneBeforeItRuns() {
      var starting = created.after(Given.start());
      assertThat(starting.service().fleet().containers()).hasSize(1);
      assertThat(starting.runs(1).service().fleet().containers()).hasSize(2);
      var all = starting.runs(1).runs(2).runs(3);
      assertThat(all.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(all.service().operation()).isNull();
    }

    @Test
    void linksEachToThoseBeforeItByTheServicesName() {
      var port = Map.of("protocol", "tcp", "inner_port", 7000);
      var first =
          Given.created(
                  3,
                  "sequential_deployment",
                  true,
                  "container_ports",
                  List.of(port),
                  "name",
                  "ring")
              .after(Given.start());
      assertThat(links(first, 1)).isEmpty();
      assertThat(links(first.runs(1), 2))
          .contains("RING_PORT_7000_TCP_ADDR", "RING_1_PORT_7000_TCP_ADDR");
      assertThat(links(first.runs(1).runs(2), 3))
          .contains("RING_1_PORT_7000_TCP_ADDR", "RING_2_PORT_7000_TCP_ADDR");
    }

    private static List<String> links(Given given, int slot) {
      return given.container(slot).variables().stream()
          .map(EnvironmentVariable::key)
          .filter(key -> key.startsWith("RING_"))
          .toList();
    }

    @Test
    void startsWhatIsStoppedInTheSameWay() {
      var stopped = created.after(Given.start()).runs(1).runs(2).runs(3).after(Given.stop());
      var all = stopped.exits(1, 0).exits(2, 0).exits(3, 0);
      var starting = all.after(Given.start());
      assertThat(starting.service().fleet().count(ContainerPhase.STARTING)).isEqualTo(1);
      var next = starting.runs(1);
      assertThat(next.service().fleet().count(ContainerPhase.STARTING)).isEqualTo(1);
      assertThat(next.runs(2).runs(3).service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }
  }

  @Nested
  class ASlotThatFoundNoNode {

    final Given refused = Given.created(1, "tags", List.of("gpu")).after(Given.start());

    @Test
    void isFilledWhenANodeGetsItsTag() {
      assertThat(refused.service().operation()).isNull();
      assertThat(refused.when(FOLLOW)).isEmpty();
      var tagged = refused.withNode(NODE_C, true, false, "gpu").after(FOLLOW);
      assertThat(nodes(tagged)).containsExactly(NODE_C);
    }

    @Test
    void isFilledWhenItsPortIsFreeAgain() {
      var port = Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080);
      var taken =
          Given.created(1, "container_ports", List.of(port))
              .withNodes(NODE_A)
              .withPortTaken(NODE_A, 8080)
              .after(Given.start());
      assertThat(taken.service().fleet().owed()).containsExactly(1);
      assertThat(taken.when(FOLLOW)).isEmpty();
      assertThat(nodes(taken.withNodes(NODE_A).after(FOLLOW))).containsExactly(NODE_A);
    }

    @Test
    void saysWhyForEachNode() {
      assertThat(Given.created(1, "tags", List.of("gpu")).when(Given.start()))
          .filteredOn(PlacementRefused.class::isInstance)
          .allSatisfy(
              event ->
                  assertThat(((PlacementRefused) event).refusals())
                      .containsOnlyKeys(NODE_A, NODE_B));
    }
  }

  @Test
  void aRedeployThatReusesVolumesGoesWhereTheyAre() {
    var redeployed = onlyOnA(1).after(Given.redeploy()).isGone(1);
    assertThat(nodes(redeployed)).containsExactly(NODE_A);
    var drained = onlyOnA(1).withNode(NODE_A, true, true, "ssd").after(Given.redeploy()).isGone(1);
    assertThat(nodes(drained)).containsExactly(NODE_B);
  }
}
