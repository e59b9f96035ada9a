package dev.slipway.query.service;

import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerStopRequested;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceTroubleTest {

  private static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  private static final ContainerId ONE = ContainerId.of(WEB, 1, 1);
  private static final ContainerId TWO = ContainerId.of(WEB, 2, 1);
  private static final ActionId AGAIN = new ActionId("ac000000-0000-4000-8000-000000000002");

  private static Optional<ServiceTrouble> after(ServiceEvent... more) {
    var events = Stream.concat(Happenings.running(WEB, "web").stream(), Stream.of(more)).toList();
    Service service = null;
    for (int i = 0; i < events.size(); i++) {
      service = Service.evolve(service, events.get(i), START.plusSeconds(i));
    }
    return ServiceTrouble.of(service);
  }

  private static ServiceEvent exited(ContainerId id, int code) {
    return new ContainerExited(WEB, id, code, false, null, null, null);
  }

  @Test
  void isNotThereWhileEverythingRuns() {
    assertThat(after()).isEmpty();
  }

  @Test
  void isNotThereAfterAStopThatAUserAskedFor() {
    assertThat(
            after(
                new OperationBegun(WEB, AGAIN, OperationKind.STOP, START, true, List.of()),
                new ContainerStopRequested(WEB, ONE),
                new ContainerStopRequested(WEB, TWO),
                exited(ONE, 137),
                exited(TWO, 143),
                new OperationEnded(WEB, AGAIN, true, null)))
        .isEmpty();
  }

  @Test
  void isNotThereAfterContainersThatEndedWithSuccess() {
    assertThat(after(exited(ONE, 0), exited(TWO, 0))).isEmpty();
  }

  @Test
  void isSevereIfNothingRunsAndCountsFromTheFirstFailure() {
    assertThat(after(exited(ONE, 1), exited(TWO, 1)))
        .contains(new ServiceTrouble(3, START.plusSeconds(9)));
    assertThat(after(exited(ONE, 1))).contains(new ServiceTrouble(2, START.plusSeconds(9)));
  }

  @Test
  void comesFromASlotThatNoNodeTakes() {
    assertThat(
            after(
                new OperationBegun(WEB, AGAIN, OperationKind.SCALE, START, true, List.of()),
                new PlacementRefused(WEB, 3, "no node fits", Map.of(NODE, "full"), true)))
        .contains(new ServiceTrouble(2, START.plusSeconds(10)));
  }

  @Test
  void isSlightIfOnlyTheLastOperationFailed() {
    assertThat(
            after(
                new OperationBegun(WEB, AGAIN, OperationKind.REDEPLOY, START, true, List.of()),
                new OperationEnded(WEB, AGAIN, false, "rolled back")))
        .contains(new ServiceTrouble(1, START.plusSeconds(10)));
  }
}
