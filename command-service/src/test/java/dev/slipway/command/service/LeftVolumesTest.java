package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.WEB;
import static dev.slipway.command.service.RelocationTest.LEAVE_A;
import static dev.slipway.command.service.RelocationTest.giveUp;
import static dev.slipway.command.service.RelocationTest.onlyOnA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.service.LeftVolumes;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which volumes a service may have on nodes where it has no container any more. */
class LeftVolumesTest {

  private static final ContainerId FIRST = ContainerId.of(WEB, 1, 1);
  private static final ContainerId SECOND = ContainerId.of(WEB, 1, 2);
  private static final LeftVolumes OF_FIRST = new LeftVolumes(FIRST, 1, 1, NODE_A);

  private final Given drained =
      onlyOnA(1).withNode(NODE_A, true, true, "ssd").after(LEAVE_A).allRun().after(LEAVE_A);
  private final Given moved = drained.isGone(1);

  private static List<LeftVolumes> left(Given given) {
    return given.service().fleet().left();
  }

  private static Given terminated(Given given) {
    var ending = given.after(Given.terminate());
    return ending.after(Given.report(Given.erased(ending.container(1))));
  }

  @Test
  void stayOnANodeThatIsDrained() {
    assertThat(left(drained)).isEmpty();
    assertThat(left(moved)).containsExactly(OF_FIRST);
  }

  @Test
  void stayOnANodeThatIsLost() {
    assertThat(left(onlyOnA(1).after(giveUp(NODE_A, true)))).containsExactly(OF_FIRST);
  }

  @Test
  void stayBehindAContainerThatFailed() {
    var starting = Given.created(1).withNodes(NODE_A).after(Given.start());
    var failed = starting.after(Given.report(Given.failed(starting.container(1), "no such image")));
    assertThat(left(failed)).containsExactly(OF_FIRST);
  }

  @Test
  void goWithAContainerThatTakesThemAlong() {
    var ending = onlyOnA(1).after(Given.terminate());
    assertThat(left(ending.after(Given.report(Given.erased(ending.container(1)))))).isEmpty();
    assertThat(left(ending.isGone(1))).as("somebody used them").containsExactly(OF_FIRST);
  }

  @Test
  void areThoseOfTheLastContainerOfTheSlotOnANode() {
    var again = onlyOnA(1).withoutNode(NODE_B).after(Given.redeploy()).isGone(1).allRun();
    assertThat(left(again)).containsExactly(OF_FIRST);
    var ending = again.after(Given.terminate());
    assertThat(left(ending.isGone(1))).containsExactly(new LeftVolumes(SECOND, 1, 2, NODE_A));
    assertThat(left(terminated(again))).as("who erases takes those before along").isEmpty();
  }

  @Test
  void ofOtherNodesStayWhenTheServiceIsTerminatedUntilTheirNodeSaysThatTheyAreErased() {
    var terminated = terminated(moved);
    assertThat(terminated.service().terminated()).isTrue();
    assertThat(left(terminated)).containsExactly(OF_FIRST);
    var erased = Given.report(new Removed(WEB, FIRST, NODE_A, Given.NOW, true));
    assertThat(terminated.when(erased)).containsExactly(new VolumesErased(WEB, FIRST, NODE_A));
    assertThat(left(terminated.after(erased))).isEmpty();
    assertThat(terminated.after(erased).when(erased)).isEmpty();
  }

  @Test
  void areNotErasedBecauseTheirContainerIsGoneOrAnotherNodeSaysSo() {
    var terminated = terminated(moved);
    var before = new Removed(WEB, FIRST, NODE_A, Given.NOW, false);
    var elsewhere = new Removed(WEB, FIRST, NODE_B, Given.NOW, true);
    assertThat(terminated.when(Given.report(before, elsewhere))).isEmpty();
  }
}
