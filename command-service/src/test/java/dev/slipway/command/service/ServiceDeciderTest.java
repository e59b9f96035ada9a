package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerStartRequested;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceDeciderTest {

  private static final List<Map<String, Object>> FIXED_PORT =
      List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080));

  @Nested
  class Starting {

    @Test
    void spreadsContainersOverTheEmptiestNodes() {
      var placed = placements(Given.created(4).when(Given.start()));
      assertThat(placed).extracting(ContainerPlaced::slot).containsExactly(1, 2, 3, 4);
      assertThat(placed)
          .extracting(ContainerPlaced::node)
          .containsExactly(NODE_A, NODE_B, NODE_A, NODE_B);
      assertThat(placed.getFirst().container()).isEqualTo(ContainerId.of(WEB, 1, 1));
    }

    @Test
    void endsWhenTheLastContainerRuns() {
      var started = Given.created(2).after(Given.start());
      assertThat(started.runs(1).service().lifecycle()).isEqualTo(ServiceLifecycle.STARTING);
      assertThat(started.runs(1).when(Given.report(Given.runs(started.container(2)))))
          .last()
          .isInstanceOfSatisfying(
              OperationEnded.class, ended -> assertThat(ended.success()).isTrue());
    }

    @Test
    void failsForAContainerThatTheEngineRefuses() {
      var started = Given.created(2).after(Given.start()).runs(1);
      var failed = Given.failed(started.container(2), "no such image");
      assertThat(started.when(Given.report(failed)))
          .last()
          .isEqualTo(
              new OperationEnded(WEB, Given.asked().action(), false, "web-2: no such image"));
      assertThat(started.after(Given.report(failed)).service().lifecycle())
          .isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
    }

    @Test
    void givesOneContainerANodeWhenAFixedPortIsTheirs() {
      var given = Given.created(3, "container_ports", FIXED_PORT);
      var events = given.when(Given.start());
      assertThat(placements(events))
          .extracting(ContainerPlaced::node)
          .containsExactly(NODE_A, NODE_B);
      assertThat(events)
          .filteredOn(PlacementRefused.class::isInstance)
          .singleElement()
          .isInstanceOfSatisfying(
              PlacementRefused.class,
              refused -> {
                assertThat(refused.reason())
                    .isEqualTo("web-3: no node can take it: 2 has a port taken");
                assertThat(refused.refusals().get(NODE_A)).isEqualTo("0a has port 8080/tcp taken");
                assertThat(refused.waiting()).isFalse();
              });
    }

    @Test
    void waitsForANodeWhenThereIsNone() {
      var waiting = Given.created(1).withNodes().after(Given.start());
      assertThat(waiting.service().lifecycle()).isEqualTo(ServiceLifecycle.STARTING);
      assertThat(waiting.when(new RetryPlacement(WEB))).isEmpty();
      assertThat(placements(waiting.withNodes(NODE_B).when(new RetryPlacement(WEB)))).hasSize(1);
    }

    @Test
    void startsWhatIsStoppedAndLeavesWhatRuns() {
      var partly = Given.running(3).exits(2, 1);
      assertThat(partly.when(Given.start()))
          .containsExactly(
              new OperationBegun(
                  WEB,
                  Given.asked().action(),
                  dev.slipway.model.service.OperationKind.START,
                  Given.DEADLINE,
                  false,
                  List.of()),
              new ContainerStartRequested(WEB, partly.container(2).id()));
    }

    @Test
    void isNotFooledByTheReportOfAnEarlierEnd() {
      var stopped = Given.running(1).exits(1, 1);
      var late = Given.exited(stopped.container(1), 1);
      var starting = stopped.after(Given.start());
      assertThat(starting.when(Given.report(late))).isEmpty();
      assertThat(starting.runs(1).service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }

    @Test
    void countsAContainerThatEndsAtOnceAsStarted() {
      var done = Given.created(1).after(Given.start()).exits(1, 0);
      assertThat(done.service().operation()).isNull();
      assertThat(done.service().lifecycle()).isEqualTo(ServiceLifecycle.STOPPED);
    }
  }

  @Nested
  class Scaling {

    @Test
    void takesTheHighestNumbersAwayFirst() {
      var given = Given.running(4).after(Given.update("target_num_containers", 1));
      assertThat(given.when(Given.scale()))
          .filteredOn(ContainerRemovalRequested.class::isInstance)
          .extracting(event -> ((ContainerRemovalRequested) event).container())
          .containsExactly(
              given.container(4).id(), given.container(3).id(), given.container(2).id());
    }

    @Test
    void succeedsAtOnceWhenNothingIsToDo() {
      assertThat(Given.running(2).when(Given.scale()))
          .last()
          .isInstanceOfSatisfying(
              OperationEnded.class, ended -> assertThat(ended.success()).isTrue());
    }

    @Test
    void toNothingLeavesTheServiceNotRunning() {
      var given =
          Given.running(1).after(Given.update("target_num_containers", 0)).after(Given.scale());
      assertThat(given.isGone(1).service().lifecycle()).isEqualTo(ServiceLifecycle.NOT_RUNNING);
    }

    @Test
    void givesAFreedNumberToANewContainerWithANewIdentity() {
      var small =
          Given.running(2)
              .after(Given.update("target_num_containers", 1))
              .after(Given.scale())
              .isGone(2);
      var placed =
          placements(small.after(Given.update("target_num_containers", 2)).when(Given.scale()));
      assertThat(placed).singleElement().extracting(ContainerPlaced::generation).isEqualTo(2);
    }
  }

  @Nested
  class Redeploying {

    @Test
    void findsTheFixedPortFreeThatTheOldContainerHeld() {
      var given = Given.created(1, "container_ports", FIXED_PORT).withNodes(NODE_A);
      var redeploying = given.after(Given.start()).allRun().after(Given.redeploy());
      assertThat(
              placements(redeploying.when(Given.report(Given.removed(redeploying.container(1))))))
          .extracting(ContainerPlaced::node)
          .containsExactly(NODE_A);
    }

    @Test
    void replacesOneRunningContainerAtATime() {
      var first = Given.running(2).after(Given.redeploy());
      assertThat(phases(first)).containsExactly(ContainerPhase.TERMINATING, ContainerPhase.RUNNING);
      var second = first.isGone(1);
      assertThat(phases(second)).containsExactly(ContainerPhase.STARTING, ContainerPhase.RUNNING);
      var third = second.runs(1);
      assertThat(phases(third)).containsExactly(ContainerPhase.RUNNING, ContainerPhase.TERMINATING);
      var done = third.isGone(2).runs(2);
      assertThat(done.service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
      assertThat(done.container(1).generation()).isEqualTo(2);
    }

    @Test
    void usesTheNewestDefinition() {
      var changed = Given.running(1).after(Given.update("memory", 64));
      assertThat(changed.service().isSynchronized()).isFalse();
      var done = changed.after(Given.redeploy()).isGone(1).runs(1);
      assertThat(done.service().isSynchronized()).isTrue();
      assertThat(done.container(1).revision()).isEqualTo(2);
    }

    @Test
    void leavesTheRestAloneWhenANewContainerFails() {
      var replaced = Given.running(2).after(Given.redeploy()).isGone(1);
      var failed = replaced.after(Given.report(Given.failed(replaced.container(1), "no memory")));
      assertThat(failed.service().operation()).isNull();
      assertThat(failed.service().lifecycle()).isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
      assertThat(failed.container(2).generation()).isEqualTo(1);
    }

    @Test
    void deploysAServiceThatNeverRan() {
      var given = Given.created(2).after(Given.redeploy());
      assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.STARTING);
      assertThat(given.allRun().service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }
  }

  @Nested
  class Terminating {

    @Test
    void endsWhenNothingIsLeft() {
      var given = Given.running(2).after(Given.terminate()).isGone(1);
      assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.TERMINATING);
      assertThat(given.isGone(2).service().lifecycle()).isEqualTo(ServiceLifecycle.TERMINATED);
    }

    @Test
    void takesNoChangesAfterwards() {
      assertThatThrownBy(
              () -> Given.created(1).after(Given.terminate()).when(Given.update("memory", 64)))
          .isInstanceOf(CommandRejected.class)
          .hasMessage(
              "Expected to update service %s, but it is Terminated and takes no changes"
                  .formatted(WEB));
    }
  }

  @Nested
  class ADeadline {

    @Test
    void endsTheOperationAndSaysWhatIsMissing() {
      var given = Given.created(2).after(Given.start()).runs(1);
      assertThat(given.when(new ExpireOperation(WEB, Given.asked().action())))
          .containsExactly(
              new OperationEnded(
                  WEB,
                  Given.asked().action(),
                  false,
                  "the deadline has passed: web-2 is Starting"));
      var expired = given.after(new ExpireOperation(WEB, Given.asked().action()));
      assertThat(expired.service().lifecycle()).isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
      assertThat(expired.runs(2).service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    }
  }

  @Nested
  class Refusing {

    @Test
    void namesTheStateAndWhatIsPossibleInIt() {
      assertThatThrownBy(() -> Given.running(1).when(Given.start()))
          .isInstanceOf(CommandRejected.class)
          .hasMessage(
              "Expected to start service %s, but it is Running; possible actions in this state: stop, scale, redeploy, terminate"
                  .formatted(WEB));
    }

    @Test
    void hidesWhatIsOfAnotherNamespace() {
      assertThatThrownBy(
              () ->
                  Given.created(1)
                      .when(new StartService(WEB, Given.asked("other"), Given.DEADLINE)))
          .isInstanceOfSatisfying(
              CommandRejected.class,
              rejected ->
                  assertThat(rejected.reason()).isEqualTo(CommandRejected.Reason.NOT_FOUND));
    }

    @Test
    void holdsTheRulesBetweenAttributes() {
      assertThatThrownBy(
              () ->
                  Given.nothing()
                      .when(Given.create(1, "autorestart", "ALWAYS", "autodestroy", "ALWAYS")))
          .isInstanceOf(InvalidInput.class)
          .hasMessage("autodestroy must be OFF when autorestart is ALWAYS");
      assertThatThrownBy(() -> Given.created(1).when(Given.update("memory_swap", 64)))
          .hasMessage("memory_swap needs memory to be set too");
    }
  }

  private static List<ContainerPlaced> placements(
      List<? extends dev.slipway.model.service.ServiceEvent> events) {
    return events.stream()
        .filter(ContainerPlaced.class::isInstance)
        .map(ContainerPlaced.class::cast)
        .toList();
  }

  private static List<ContainerPhase> phases(Given given) {
    return given.service().fleet().containers().stream().map(Container::phase).toList();
  }
}
