package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.WantedState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a container that is to go takes its volumes along. */
class AssignmentFoldTest {

  private static final ServiceId DB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final ContainerId OLD = ContainerId.of(DB, 1, 1);
  private static final ContainerId NEW = ContainerId.of(DB, 1, 2);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Service fold(ServiceEvent... events) {
    @Nullable Service service =
        Service.evolve(
            null,
            new ServiceCreated(
                DB,
                new Namespace("admin"),
                ServiceDefinition.read(Map.of("image", "demo/db", "name", "db")),
                null),
            NOW);
    for (var event : events) {
      service = Service.evolve(service, event, NOW);
    }
    return Objects.requireNonNull(service);
  }

  private static ContainerPlaced placed(int generation, @Nullable Integer data) {
    var node = new NodeId("0a000000-0000-4000-8000-00000000000" + generation);
    return new ContainerPlaced(
        DB,
        ContainerId.of(DB, 1, generation),
        1,
        generation,
        1,
        node,
        List.of(),
        List.of(),
        data,
        null);
  }

  private static OperationBegun begun(OperationKind kind, boolean reuseVolumes) {
    return new OperationBegun(
        DB,
        new ActionId("ac000000-0000-4000-8000-000000000001"),
        kind,
        NOW.plusSeconds(600),
        reuseVolumes,
        List.of());
  }

  private static ContainerRemovalRequested removal(ContainerId container) {
    return new ContainerRemovalRequested(DB, container);
  }

  private static Wanted wanted(ContainerId id, Service service) {
    Container container = service.fleet().find(id).orElseThrow();
    return WantedState.of(container, service);
  }

  @Test
  void leavesThemToWhatFollowsInARedeployThatReusesThem() {
    var begun = begun(OperationKind.REDEPLOY, true);
    assertThat(wanted(OLD, fold(placed(1, null), begun, removal(OLD)))).isEqualTo(Wanted.REMOVED);
  }

  @Test
  void takesThemAlongInARedeployThatDoesNotAlsoWhereTheNewOneRunsAlready() {
    var begun = begun(OperationKind.REDEPLOY, false);
    assertThat(wanted(OLD, fold(placed(1, null), begun, removal(OLD)))).isEqualTo(Wanted.ERASED);
    assertThat(wanted(OLD, fold(placed(1, null), begun, placed(2, 2), removal(OLD))))
        .isEqualTo(Wanted.ERASED);
  }

  @Test
  void leavesThemToAnotherThatSharesThem() {
    assertThat(wanted(OLD, fold(placed(1, null), placed(2, null), removal(OLD))))
        .isEqualTo(Wanted.REMOVED);
    assertThat(wanted(NEW, fold(placed(1, null), placed(2, null), removal(OLD), removal(NEW))))
        .as("the last one that has them")
        .isEqualTo(Wanted.ERASED);
  }

  @ParameterizedTest
  @EnumSource(names = {"TERMINATE", "SCALE"})
  void takesThemAlongFromBothWhereTheSlotIsGivenUp(OperationKind kind) {
    var first = fold(placed(1, null), placed(2, null), begun(kind, false), removal(OLD));
    assertThat(wanted(OLD, first)).isEqualTo(Wanted.ERASED);
    var both = Service.evolve(first, removal(NEW), NOW);
    assertThat(wanted(NEW, both)).isEqualTo(Wanted.ERASED);
  }

  @Test
  void takesThemAlongFromOneThatWasLeavingItsNodeWhenItsServiceIsTerminated() {
    var leaving =
        fold(
            placed(1, null),
            placed(2, null),
            new ContainerWithdrawn(DB, OLD),
            begun(OperationKind.TERMINATE, false),
            removal(OLD));
    assertThat(wanted(OLD, leaving)).isEqualTo(Wanted.ERASED);
  }
}
