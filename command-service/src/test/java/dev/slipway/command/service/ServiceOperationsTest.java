package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operations that a rejection names as possible are those that the decider accepts. */
class ServiceOperationsTest {

  private static final Map<OperationKind, ServiceCommand> COMMANDS =
      Map.of(
          OperationKind.START, Given.start(),
          OperationKind.STOP, Given.stop(),
          OperationKind.SCALE, Given.scale(),
          OperationKind.REDEPLOY, Given.redeploy(),
          OperationKind.TERMINATE, Given.terminate());

  @ParameterizedTest
  @EnumSource
  void areThoseThatTheDeciderTakes(ServiceLifecycle state) {
    var given = Objects.requireNonNull(DecisionTableTest.STATES.get(state.text()));

    assertThat(OperationKind.values())
        .filteredOn(kind -> takes(given, Objects.requireNonNull(COMMANDS.get(kind))))
        .containsExactlyInAnyOrderElementsOf(ServiceOperations.allowedIn(state));
  }

  private static boolean takes(Given given, ServiceCommand command) {
    try {
      var _ = given.when(command);
      return true;
    } catch (CommandRejected _) {
      return false;
    }
  }
}
