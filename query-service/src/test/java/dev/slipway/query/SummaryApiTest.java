package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A namespace at a glance, over HTTP. */
class SummaryApiTest {

  static final FakeLog LOG = new FakeLog();
  static final ServiceId STUCK = id(2);
  static final ServiceId CRASHED = id(3);
  static final NodeId LOST = new NodeId("3f0c7d7e-0000-4000-8000-0000000000bb");
  static QueryServer server;

  static ServiceId id(int number) {
    return new ServiceId("3f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  @BeforeAll
  static void start() {
    node(NODE, "here", List.of());
    node(LOST, "there", List.of(new NodeUnreachable(LOST)));
    records(Happenings.running(id(1), "web")).forEach(LOG::append);
    records(stuck()).forEach(LOG::append);
    records(crashed()).forEach(LOG::append);
    records(Happenings.running(id(4), "gone")).forEach(LOG::append);
    records(Happenings.terminated(id(4)), 9).forEach(LOG::append);
    records(
            List.of(
                new ServiceCreated(
                    id(5), new Namespace("other"), Happenings.definition("x"), null)))
        .forEach(LOG::append);
    action(1, ActionState.FAILED, Instant.now().minus(Duration.ofHours(1)));
    action(2, ActionState.SUCCESS, Instant.now().minus(Duration.ofHours(1)));
    action(3, ActionState.FAILED, Instant.now().minus(Duration.ofHours(25)));
    server = new QueryServer(LOG);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static void node(NodeId id, String name, List<NodeEvent> more) {
    var facts =
        new NodeFacts(
            name, List.of(), "127.0.0.1", "20.10", new NodeFacts.Capacity(2, 4096, 9), false);
    LOG.append(
        record(Topics.NODE_EVENTS, id.value(), new NodeRegistered(id, NAMESPACE, facts), 0, START));
    more.forEach(
        event ->
            LOG.append(record(Topics.NODE_EVENTS, id.value(), event, 1, START.plusSeconds(1))));
  }

  static List<ServiceEvent> stuck() {
    var events = new ArrayList<>(Happenings.running(STUCK, "stuck"));
    var action = new ActionId("ac000000-0000-4000-8000-000000000009");
    events.add(
        new OperationBegun(
            STUCK, action, OperationKind.SCALE, START.plusSeconds(600), true, List.of()));
    events.add(new PlacementRefused(STUCK, 3, "no node fits", Map.of(NODE, "full"), true));
    return events;
  }

  static List<ServiceEvent> crashed() {
    var events = new ArrayList<>(Happenings.running(CRASHED, "crashed"));
    for (int slot = 1; slot <= 2; slot++) {
      events.add(
          new ContainerExited(
              CRASHED, ContainerId.of(CRASHED, slot, 1), 3, false, null, null, null));
    }
    return events;
  }

  static void action(int number, ActionState state, Instant ended) {
    var id = new ActionId("ac000000-0000-4000-8000-%012d".formatted(number));
    var request =
        new ActionRequest(
            NAMESPACE,
            "Service Start",
            "/api/app/v1/admin/service/" + id(1) + "/",
            "POST",
            "/api/app/v1/service/",
            "",
            new Origin("admin", "127.0.0.1", "test", null),
            List.of());
    var events =
        List.of(
            new ActionTaken(id, request, ActionState.IN_PROGRESS, null),
            new ActionEnded(id, state, "so"));
    for (int i = 0; i < events.size(); i++) {
      LOG.append(record(Topics.ACTION_EVENTS, id.value(), events.get(i), i, ended));
    }
  }

  @Test
  void countsByStateAndNamesProblemsWorstFirst() throws Exception {
    var summary = server.json("/api/audit/v1/summary/");
    assertThat(summary.get("services").toString())
        .isEqualTo("{\"Running\":1,\"Scaling\":1,\"Stopped\":1}");
    assertThat(summary.get("containers").toString()).isEqualTo("{\"Running\":4,\"Stopped\":2}");
    assertThat(summary.get("nodes").toString()).isEqualTo("{\"Deployed\":1,\"Unreachable\":1}");
    assertThat(summary.get("actions_failed_24h").asInt()).isEqualTo(1);
    assertThat(texts(summary, "problems", "name")).containsExactly("crashed", "stuck");
    var worst = summary.get("problems").get(0);
    assertThat(worst.get("service").asString())
        .isEqualTo("/api/app/v1/admin/service/" + CRASHED + "/");
    assertThat(worst.get("stack").isNull()).isTrue();
    assertThat(worst.get("state").asString()).isEqualTo("Stopped");
    assertThat(worst.get("summary").asString())
        .isEqualTo(
            server.json("/api/app/v1/service/" + CRASHED + "/why/").get("summary").asString())
        .contains("exit code 3");
    assertThat(worst.get("since").asString()).isEqualTo("Fri, 02 Jan 2026 03:04:14 +0000");
    var node = summary.get("nodes_in_trouble").get(0);
    assertThat(summary.get("nodes_in_trouble")).hasSize(1);
    assertThat(node.get("name").asString()).isEqualTo("there");
    assertThat(node.get("reason").asString()).startsWith("no heartbeat since");
    assertThat(summary.get("views").toString()).isEqualTo("{\"behind\":0,\"building\":false}");
    assertThat(summary.get("parked").asInt()).isZero();
    assertThat(summary.get("version").asString()).isNotBlank();
  }

  @Test
  void isOfTheNamespaceInThePath() throws Exception {
    assertThat(server.json("/api/audit/v1/admin/summary").get("services"))
        .isEqualTo(server.json("/api/audit/v1/summary").get("services"));
  }

  private static List<String> texts(JsonNode summary, String list, String field) {
    return summary.get(list).valueStream().map(one -> one.get(field).asString()).toList();
  }
}
