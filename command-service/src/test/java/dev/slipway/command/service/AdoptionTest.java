package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdoptionTest {

  private static AdoptContainer adopt(int slot, int generation, NodeId node) {
    return new AdoptContainer(
        WEB,
        Given.asked(),
        ContainerId.of(WEB, slot, generation),
        new SlotGeneration(slot, generation, null),
        node);
  }

  @Test
  void takesTheContainerWithItsUuidOnItsNodeAndAsksForOneContainerMore() {
    var before = Given.running(1, "container_ports", List.of(port()));
    var after = before.after(adopt(2, 3, NODE_B));
    var adopted = after.container(2);
    assertThat(adopted.id()).isEqualTo(ContainerId.of(WEB, 2, 3));
    assertThat(adopted.generation()).isEqualTo(3);
    assertThat(adopted.node()).isEqualTo(NODE_B);
    assertThat(after.service().definitions().current().get(Attributes.TARGET_NUM_CONTAINERS))
        .isEqualTo(2);
    assertThat(before.when(adopt(2, 3, NODE_B)).getLast())
        .isInstanceOfSatisfying(
            ContainerPlaced.class,
            placed -> {
              assertThat(placed.adopted()).isTrue();
              assertThat(placed.claims()).singleElement().extracting("outerPort").isEqualTo(8080);
            });
    assertThat(after.allRun().service().lifecycle()).isEqualTo(ServiceLifecycle.RUNNING);
    assertThat(after.allRun().when(Given.scale()).toString()).doesNotContain("RemovalRequested");
  }

  @Test
  void leavesTheTargetWhereTheServiceLacksAContainer() {
    var lacking = without(2);
    assertThat(lacking.when(adopt(2, 2, NODE_A))).hasSize(1);
  }

  @Test
  void removesTheContainerThatIsInTheSlotWhenTheAdoptedOneRuns() {
    var running = Given.running(1);
    var old = running.container(1);
    var adopted = running.after(adopt(1, 2, NODE_B));
    assertThat(adopted.service().fleet().in(1)).hasSize(2);
    var report = Given.report(Given.runs(adopted.service().fleet().in(1).getLast()));
    assertThat(adopted.when(report)).contains(new ContainerRemovalRequested(WEB, old.id()));
  }

  @Test
  void keepsTheVolumesThatTheContainerWasMadeWith() {
    var command =
        new AdoptContainer(
            WEB, Given.asked(), ContainerId.of(WEB, 1, 4), new SlotGeneration(1, 4, 3), NODE_A);
    var after = Given.running(1).after(command);
    assertThat(after.service().fleet().slot(1).data()).isEqualTo(3);
  }

  @Test
  void isRefusedWhereTheContainerCannotBeOfTheService() {
    refused(Given.running(1), adopt(1, 1, NODE_A), "the service has it already");
    var forged =
        new AdoptContainer(
            WEB, Given.asked(), ContainerId.of(WEB, 2, 1), new SlotGeneration(3, 1, null), NODE_A);
    refused(Given.running(1), forged, "its uuid does not follow from its labels");
    refused(
        without(2), adopt(2, 1, NODE_A), "it is generation 1 of web-2, which the service has used");
  }

  @Test
  void isRefusedWhileAnOperationIsInProgressAndAfterTheEndOfTheService() {
    var starting = Given.created(1).after(Given.start());
    refused(starting, adopt(2, 1, NODE_A), "an operation of the service is in progress");
    var terminated = Given.created(1).after(Given.terminate());
    refused(terminated, adopt(2, 1, NODE_A), "the service is Terminated");
  }

  @Test
  void isRefusedWhereAServiceHasOneContainerOnEachNodeAndOneIsThere() {
    var everywhere = Given.running(1, "deployment_strategy", "EVERY_NODE");
    var slot = everywhere.container(1);
    refused(everywhere, adopt(3, 1, slot.node()), "the service has one container on each node");
    assertThat(everywhere.when(adopt(1, 2, slot.node()))).hasSize(1);
  }

  /** A running service of two containers, one of which was terminated. */
  private static Given without(int slot) {
    var running = Given.running(2);
    return running.after(running.operate(OperationKind.TERMINATE, slot)).isGone(slot);
  }

  private static void refused(Given given, AdoptContainer command, String reason) {
    assertThatThrownBy(() -> given.when(command))
        .isInstanceOf(CommandRejected.class)
        .hasMessageStartingWith("Expected to adopt container " + command.container())
        .hasMessageContaining(reason);
  }

  private static Map<String, Object> port() {
    return Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080, "published", true);
  }
}
