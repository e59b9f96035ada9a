package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.service.NodePlans.Change;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans for containers if a node were drained, undrained or terminated. */
class NodePlansTest {

  private static List<String> lines(Plan plan) {
    return plan.entries().stream()
        .map(one -> "%d %s %d".formatted(one.step(), one.action().text(), one.slot()))
        .toList();
  }

  @Test
  void aDrainMovesOneContainerAfterTheOther() {
    var plan = RelocationTest.onlyOnA(2).ofNode(NODE_A, Change.DRAINED).plan();
    assertThat(lines(plan)).containsExactly("1 replace 1", "2 replace 2");
    assertThat(plan.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.node()).isEqualTo(NODE_B);
              assertThat(entry.order()).isEqualTo(DeployOrder.START_FIRST);
              assertThat(entry.container()).isNotNull();
            });
  }

  @Test
  void aDrainTellsWhatHasNowhereToGo() {
    var given = Given.created(2).withNodes(NODE_A).after(Given.start()).allRun();
    var drained = given.ofNode(NODE_A, Change.DRAINED);
    assertThat(drained.plan().entries())
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.refused()).isNotNull());
    assertThat(drained.obstacle()).isNull();
  }

  @Test
  void aDrainWaitsForAServiceThatIsBusy() {
    var busy = RelocationTest.onlyOnA(1).after(Given.redeploy());
    assertThat(busy.ofNode(NODE_A, Change.DRAINED).obstacle()).isEqualTo("web is Redeploying");
  }

  @Test
  void aNodeThatIsGivenUpLosesItsContainersAndOthersTakeTheirPlaces() {
    var plan = RelocationTest.onlyOnA(2).ofNode(NODE_A, Change.GIVEN_UP).plan();
    assertThat(lines(plan)).containsExactly("1 replace 1", "1 replace 2");
    assertThat(plan.entries())
        .allSatisfy(entry -> assertThat(entry.order()).isEqualTo(DeployOrder.STOP_FIRST))
        .allSatisfy(entry -> assertThat(entry.node()).isEqualTo(NODE_B));
  }

  @Test
  void aSlotWithoutANodeFindsOneThatIsUsedAgain() {
    var lost =
        Given.created(1)
            .withNodes(NODE_A)
            .after(Given.start())
            .allRun()
            .withNodes(NODE_B)
            .withNode(NODE_B, true, true, "ssd")
            .after(new GiveUpNode(Given.WEB, NODE_A, "gone", true));
    assertThat(lost.service().fleet().containers()).isEmpty();
    assertThat(lost.when(new FollowNodes(Given.WEB))).isEmpty();
    assertThat(lost.ofNode(NODE_B, Change.USED_AGAIN).plan().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.node()).isEqualTo(NODE_B));
  }
}
