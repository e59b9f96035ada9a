package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.api.PlanJson;
import dev.slipway.command.service.CommandRejected.Reason;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps that a dry run shows for containers, in their order. */
class PlanSimulationTest {

  /** Each entry as its step, action and slot. */
  private static List<String> lines(Plan plan) {
    return plan.entries().stream()
        .map(one -> "%d %s %d".formatted(one.step(), one.action().text(), one.slot()))
        .toList();
  }

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of(Given.created(3), Given.start(), "1 add 1, 1 add 2, 1 add 3", "add 3"),
        Arguments.of(
            Given.created(3, "sequential_deployment", true),
            Given.start(),
            "1 add 1, 2 add 2, 3 add 3",
            "add 3 one at a time"),
        Arguments.of(
            Given.running(2).after(Given.update("target_num_containers", 3)),
            Given.scale(),
            "1 add 3",
            "add 1"),
        Arguments.of(
            Given.running(3).after(Given.update("target_num_containers", 1)),
            Given.scale(),
            "1 remove 3, 1 remove 2",
            "remove 2"),
        Arguments.of(Given.running(2), Given.stop(), "1 stop 1, 1 stop 2", "stop 2"),
        Arguments.of(
            Given.running(2).after(Given.stop()).exits(1, 0).exits(2, 0),
            Given.start(),
            "1 start 1, 1 start 2",
            "start 2"),
        Arguments.of(
            Given.running(3),
            Given.redeploy(),
            "1 replace 1, 2 replace 2, 3 replace 3",
            "replace 3 one at a time"),
        Arguments.of(
            Given.running(5, "deploy_batch", 2),
            Given.redeploy(),
            "1 replace 1, 1 replace 2, 2 replace 3, 2 replace 4, 3 replace 5",
            "replace 5 2 at a time"),
        Arguments.of(
            Given.running(2, "deploy_order", "start_first"),
            Given.redeploy(),
            "1 replace 1, 2 replace 2",
            "replace 2 one at a time"),
        Arguments.of(
            Given.running(3).exits(2, 1),
            Given.redeploy(),
            "1 replace 2, 2 replace 1, 3 replace 3",
            "replace 3 one at a time"),
        Arguments.of(Given.running(2), Given.terminate(), "1 remove 1, 1 remove 2", "remove 2"),
        Arguments.of(Given.running(2), Given.update("memory", 64), "", "set 1 attribute"),
        Arguments.of(Given.nothing(), Given.create(2), "", "set 1 attribute"));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void isWhatTheDeciderWouldDoInItsOrder(
      Given given, UserCommand command, String expected, String summary) {
    var plan = given.plan(command);
    assertThat(String.join(", ", lines(plan))).isEqualTo(expected);
    assertThat(PlanJson.summary(plan, 1)).isEqualTo(summary);
    assertThat(plan.isWhole()).isTrue();
  }

  @Test
  void isOfOneContainerIfItsWorkIs() {
    var given = Given.running(2);
    assertThat(lines(given.plan(given.operate(OperationKind.REDEPLOY, 2))))
        .containsExactly("1 replace 2");
    assertThat(lines(given.plan(given.operate(OperationKind.STOP, 1)))).containsExactly("1 stop 1");
  }

  @Test
  void agreesWithWhatHappensThen() {
    for (var order : List.of("stop_first", "start_first")) {
      for (int batch = 1; batch <= 3; batch++) {
        var given = Given.running(5, "deploy_order", order, "deploy_batch", batch);
        var plan = given.plan(Given.redeploy());
        var after = RollingUpdateDecisionsTest.settled(given.after(Given.redeploy()));
        assertThat(plan.entries()).hasSize(5);
        for (var entry : plan.entries()) {
          assertThat(entry.container()).isEqualTo(given.container(entry.slot()).id());
          assertThat(entry.order()).isNotNull();
          assertThat(entry.order().text()).isEqualTo(order);
        }
        assertThat(after.service().fleet().containers())
            .extracting(Container::generation)
            .containsOnly(2);
      }
    }
  }

  @Test
  void namesTheNodeOfEachContainerAndWhyThereIsNone() {
    var plan = Given.created(2, "tags", List.of("gpu")).plan(Given.start());
    assertThat(plan.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.node()).isNull();
              assertThat(entry.refused()).isNotNull();
              assertThat(entry.refused().refusals()).hasSize(2);
            });
    assertThat(PlanJson.summary(plan, 0)).isEqualTo("add 2 (2 without a node)");
    assertThat(Given.created(1).withNodes(NODE_A).plan(Given.start()).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.node()).isEqualTo(NODE_A));
  }

  @Test
  void reusesThePortOfAContainerThatWillHaveGone() {
    var ports = List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080));
    var given = Given.created(1, "container_ports", ports).withNodes(NODE_A);
    var running = given.after(Given.start()).allRun();
    assertThat(running.plan(Given.redeploy()).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.refused()).isNull());
  }

  @Test
  void tellsWhetherVolumesAreErased() {
    var given = Given.running(1);
    assertThat(given.plan(Given.redeploy()).entries().getFirst().erasesVolumes()).isFalse();
    assertThat(given.plan(Given.redeployWithEmptyVolumes()).entries().getFirst().erasesVolumes())
        .isTrue();
    assertThat(given.plan(Given.terminate()).entries().getFirst().erasesVolumes()).isTrue();
    assertThat(given.plan(Given.stop()).entries().getFirst().erasesVolumes()).isFalse();
  }

  @Test
  void endsWhereVeryManyStepsWouldFollow() {
    var plan = Given.created(1_000, "sequential_deployment", true).plan(Given.start());
    assertThat(plan.isWhole()).isFalse();
    assertThat(plan.entries()).hasSizeBetween(100, 999);
  }

  @Test
  void isRefusedForAnotherVersionThanTheServiceIsAt() {
    var given = Given.running(1);
    long version = given.service().version();
    assertThat(given.when(at(version))).hasSize(1);
    assertThatThrownBy(() -> given.when(at(version - 1)))
        .isInstanceOfSatisfying(
            CommandRejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.MOVED))
        .hasMessageContaining("it is at version %d, not %d".formatted(version, version - 1));
  }

  private static UpdateService at(long version) {
    var asked = Given.asked();
    return new UpdateService(
        Given.WEB,
        new Asked(asked.action(), asked.request(), version),
        ServiceDefinition.read(Map.of("memory", 64)));
  }
}
