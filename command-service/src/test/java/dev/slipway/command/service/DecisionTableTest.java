package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.WEB;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What follows from every command in every state, printed and kept: once in short, and once with
 * the content of the events. {@code -Drecord=true} writes the files anew; the difference is then
 * for the review.
 */
class DecisionTableTest {

  private static final Path GOLDEN = Path.of("src/test/resources/service-decisions.txt");
  private static final Path CONTENT = Path.of("src/test/resources/service-decisions-events.txt");

  static final Map<String, Given> STATES = states();

  private static Map<String, Given> states() {
    var created = Given.created(2).after(Given.trigger(Trigger.Effect.REDEPLOY));
    var running = created.after(Given.start()).allRun();
    var states = new LinkedHashMap<String, Given>();
    states.put("-", Given.nothing());
    states.put("Not running", created);
    states.put("Starting", created.after(Given.start()));
    states.put("Running", running);
    states.put("Partly running", running.exits(2, 1));
    states.put(
        "Scaling", running.after(Given.update("target_num_containers", 3)).after(Given.scale()));
    states.put("Redeploying", running.after(Given.redeploy()));
    states.put("Stopping", running.after(Given.stop()));
    states.put("Stopped", running.exits(1, 0).exits(2, 0));
    states.put("Terminating", running.after(Given.terminate()));
    states.put("Terminated", created.after(Given.terminate()));
    return states;
  }

  private static List<ServiceCommand> commands(Given given) {
    var reports =
        given == STATES.get("-")
            ? Given.report()
            : Given.report(
                given.service().fleet().containers().stream()
                    .map(Given::runs)
                    .toArray(dev.slipway.model.container.ContainerReport[]::new));
    return List.of(
        Given.create(2),
        Given.update("memory", 64),
        Given.start(),
        Given.stop(),
        Given.scale(),
        Given.redeploy(),
        Given.terminate(),
        given.operate(OperationKind.STOP, 1),
        given.operate(OperationKind.START, 1),
        given.operate(OperationKind.REDEPLOY, 1),
        given.operate(OperationKind.TERMINATE, 1),
        adopt(),
        Given.trigger(Trigger.Effect.REDEPLOY),
        Given.call(0, 0),
        Given.withoutTrigger(),
        Given.cancel(),
        reports,
        new ExpireOperation(WEB, new ActionId("ac000000-0000-4000-8000-000000000001")),
        new RetryPlacement(WEB),
        new GiveUpNode(WEB, NODE_A, "it was terminated", true),
        new LeaveNode(WEB, NODE_A),
        new FollowNodes(WEB));
  }

  private static AdoptContainer adopt() {
    var place = new SlotGeneration(9, 1, null);
    return new AdoptContainer(WEB, Given.asked(), ContainerId.of(WEB, 9, 1), place, NODE_A);
  }

  @Test
  void decidesAsTheTableSays() throws Exception {
    compare(table(DecisionTableTest::row), GOLDEN);
  }

  @Test
  void theEventsHaveTheContentThatTheTableSays() throws Exception {
    compare(table(DecisionTableTest::content), CONTENT);
  }

  private static String table(
      BiFunction<Map.Entry<String, Given>, ServiceCommand, String> printed) {
    return STATES.entrySet().stream()
        .flatMap(state -> commands(state.getValue()).stream().map(c -> printed.apply(state, c)))
        .collect(joining("\n", "", "\n"));
  }

  private static void compare(String table, Path golden) throws IOException {
    if (Boolean.getBoolean("record")) {
      Files.writeString(golden, table);
    }
    assertThat(table).isEqualTo(Files.readString(golden));
  }

  /** Each event as it is stored, or the message of the rejection. */
  private static String content(Map.Entry<String, Given> state, ServiceCommand command) {
    var head = "%s | %s".formatted(state.getKey(), name(command));
    try {
      return state.getValue().when(command).stream()
          .map(event -> "\n  " + event.getClass().getSimpleName() + " " + stored(event))
          .collect(joining("", head, ""));
    } catch (CommandRejected rejected) {
      return head + "\n  refused: " + rejected.getMessage();
    }
  }

  private static String stored(ServiceEvent event) {
    return Wire.MAPPER.writeValueAsString(event);
  }

  @Test
  void theTableHasEveryStateAndCommand() {
    assertThat(STATES.keySet().stream().skip(1))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ServiceLifecycle.values()).map(ServiceLifecycle::text).toList());
    STATES.entrySet().stream()
        .skip(1)
        .forEach(
            state ->
                assertThat(state.getValue().service().lifecycle().text())
                    .isEqualTo(state.getKey()));
    assertThat(commands(Given.created(1)).stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(records(ServiceCommand.class).toList());
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(DecisionTableTest::records);
  }

  private static String row(Map.Entry<String, Given> state, ServiceCommand command) {
    return "%-14s | %-26s | %s"
        .formatted(state.getKey(), name(command), outcome(state.getValue(), command));
  }

  private static String name(ServiceCommand command) {
    var name = command.getClass().getSimpleName();
    return command instanceof OperateContainer one ? name + " " + one.kind() : name;
  }

  private static String outcome(Given given, ServiceCommand command) {
    try {
      var events = given.when(command);
      return events.isEmpty()
          ? "no event"
          : names(events) + " → " + given.after(command).service().lifecycle().text();
    } catch (CommandRejected rejected) {
      return "refused: " + rejected.reason();
    }
  }

  private static String names(List<ServiceEvent> events) {
    return events.stream()
        .collect(groupingBy(e -> e.getClass().getSimpleName(), LinkedHashMap::new, counting()))
        .entrySet()
        .stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " ×" + e.getValue())
        .collect(joining(", "));
  }
}
