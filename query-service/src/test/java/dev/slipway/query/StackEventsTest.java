package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.stack.StackRef;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.service.Happenings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever follows a stack is told of each of its states, whatever it follows from. */
class StackEventsTest {

  static QuerySide side;

  private final StackId stack = new StackId(UUID.randomUUID().toString());
  private final List<ServiceEvent> web = running("web");
  private final List<ServiceEvent> db = running("db");

  @BeforeAll
  static void start() {
    side = new QuerySide(_ -> {}, "--slipway.events.max-age=100000d");
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  private List<ServiceEvent> running(String name) {
    var id = new ServiceId(UUID.randomUUID().toString());
    var events = new ArrayList<>(Happenings.running(id, name));
    var ref = new StackRef(stack, "shop");
    events.set(0, new ServiceCreated(id, NAMESPACE, Happenings.definition(name), ref));
    return events;
  }

  private void append(StackEvent event, long sequence) {
    var at = START.plusSeconds(sequence);
    side.log.append(Happenings.record(Topics.STACK_EVENTS, stack.value(), event, sequence, at));
  }

  private static void append(List<ServiceEvent> events, int from, int to) {
    Happenings.records(events).subList(from, to).forEach(side.log::append);
  }

  private QuerySide.Frames follow() {
    var since = "?since=2026-01-01T00%3A00%3A00Z";
    return side.open("/api/audit/v1/events" + since + "&type=stack&object=" + stack);
  }

  private static List<String> told(QuerySide.Frames frames) {
    return List.copyOf(frames.received).stream()
        .map(frame -> (JsonNode) JsonMapper.shared().readTree(frame))
        .map(event -> event.get("action").asString() + " " + event.get("state").asString())
        .toList();
  }

  private static void awaitTold(QuerySide.Frames frames, String... states) {
    await().untilAsserted(() -> assertThat(told(frames)).containsExactly(states));
  }

  private static void awaitRunning(ServiceId service) {
    await().until(() -> side.get("/api/app/v1/service/" + service).body().contains("\"Running\""));
  }

  @Test
  void alsoWhenOnlyItsServicesChange() {
    var frames = follow();
    append(new StackCreated(stack, NAMESPACE, "shop", null), 0);
    awaitTold(frames, "create Not running");
    append(web, 0, 2);
    append(db, 0, 1);
    awaitTold(frames, "create Not running", "update Starting");
    append(web, 2, web.size());
    var partly = "update Partly running";
    awaitTold(frames, "create Not running", "update Starting", partly);
    append(db, 1, 2);
    append(db, 2, db.size());
    await().untilAsserted(() -> assertThat(told(frames)).endsWith("update Running"));
    frames.close();
  }

  @Test
  void onceWhenItIsWorkedOnAndWhatHappenedComesAgain() {
    var frames = follow();
    var action = new ActionId(UUID.randomUUID().toString());
    append(new StackCreated(stack, NAMESPACE, "shop", null), 0);
    append(new StackOperationBegun(stack, action, OperationKind.START, START, false, List.of()), 1);
    awaitTold(frames, "create Not running", "update Starting");
    append(web, 0, web.size());
    append(web, 0, web.size());
    awaitRunning(web.getFirst().serviceId());
    append(new StackOperationEnded(stack, action, true, null), 2);
    append(new StackOperationEnded(stack, action, true, null), 2);
    var all = new String[] {"create Not running", "update Starting", "update Running"};
    awaitTold(frames, all);
    append(new StackCreated(stack, NAMESPACE, "shop", null), 0);
    append(web, 0, web.size());
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(told(frames)).containsExactly(all));
    frames.close();
  }
}
