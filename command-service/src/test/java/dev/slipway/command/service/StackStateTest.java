package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.stack.StackId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of a stack, from the states of its services or from the work on it as a whole. */
class StackStateTest {

  private static final StackId SHOP = new StackId("57000000-0000-4000-8000-000000000001");

  private static Stack stack(StackEvent... more) {
    Stack stack =
        Stack.evolve(null, new StackCreated(SHOP, new Namespace("admin"), "shop", null), Given.NOW);
    for (var event : more) {
      stack = Stack.evolve(stack, event, Given.NOW);
    }
    return Objects.requireNonNull(stack);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Running, Running | Running",
        "Running, Stopped | Partly running",
        "Running, Not running | Partly running",
        "Partly running, Stopped | Partly running",
        "Stopped, Not running | Stopped",
        "Not running, Not running | Not running",
        "Starting, Running | Starting",
        "Scaling, Running | Starting",
        "Stopping, Running | Stopping",
        "Redeploying, Stopping | Redeploying",
        "Terminating, Redeploying | Terminating",
        "Terminated, Running | Running",
      })
  void followsFromItsServices(String services, String state) {
    var all =
        Stream.of(services.split(", "))
            .map(name -> DecisionTableTest.STATES.get(name).service())
            .toList();
    assertThat(StackResource.state(stack(), all).text()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "START, Starting",
    "STOP, Stopping",
    "REDEPLOY, Redeploying",
    "TERMINATE, Terminating",
  })
  void isThatOfTheWorkOnItAsAWhole(OperationKind kind, String state) {
    var working =
        stack(
            new StackOperationBegun(
                SHOP, Given.OTHER_ACTION, kind, Given.DEADLINE, false, List.of(Given.WEB)));
    var running = List.of(DecisionTableTest.STATES.get("Running").service());
    assertThat(StackResource.state(working, running).text()).isEqualTo(state);
  }

  @Test
  void endsAsTerminated() {
    assertThat(StackResource.state(stack(new StackTerminated(SHOP)), List.of()).text())
        .isEqualTo("Terminated");
  }
}
