package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.node.NodeEvent.NodeFactsChanged;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users see of a node whose Engine cannot be used. */
class EngineTroubleTest {

  private static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  private static final ServiceId APP = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");
  private static final String AWAY =
      "does not answer at unix:///var/run/docker.sock: connection refused";
  private static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  private static final String NODE_PATH = "/api/infra/v1/node/" + NODE.value() + "/";
  private static final NodeFacts WORKS =
      facts(
          "28.5.2",
          new NodeFacts.Engine("Docker Engine", "1.51", "Debian 13", "overlay2", "2", true),
          null);

  private final FakeLog log = new FakeLog();
  private final QueryServer server;

  EngineTroubleTest() {
    node(0, new NodeRegistered(NODE, NAMESPACE, WORKS));
    var events =
        List.<ServiceEvent>of(
            new ServiceCreated(WEB, NAMESPACE, Happenings.definition("web"), null),
            new OperationBegun(WEB, ACTION, OperationKind.START, START, true, List.of()),
            placed(1),
            placed(2));
    Happenings.records(events).forEach(log::append);
    server = new QueryServer(log);
  }

  private static NodeFacts facts(String version, NodeFacts.Engine engine, String problem) {
    return new NodeFacts(
        "vm",
        List.of(),
        "127.0.0.1",
        version,
        new NodeFacts.Capacity(2, 4096, 9),
        false,
        engine,
        problem);
  }

  private static ContainerPlaced placed(int slot) {
    return new ContainerPlaced(
        WEB, ContainerId.of(WEB, slot, 1), slot, 1, 1, NODE, List.of(), List.of(), null, null);
  }

  private void node(long sequence, NodeEvent event) {
    log.append(Happenings.record(Topics.NODE_EVENTS, NODE.value(), event, sequence, START));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theNodeShowsWhatItsEngineIs() throws Exception {
    var node = server.json(NODE_PATH);
    assertThat(node.get("state").asString()).isEqualTo("Deployed");
    assertThat(node.get("state_reason").isNull()).isTrue();
    assertThat(node.get("docker_version").asString()).isEqualTo("28.5.2");
    assertThat(node.get("docker_api_version").asString()).isEqualTo("1.51");
    assertThat(node.get("docker_graphdriver").asString()).isEqualTo("overlay2");
    assertThat(node.get("operating_system").asString()).isEqualTo("Debian 13");
    assertThat(node.get("cgroup_version").asString()).isEqualTo("2");
    assertThat(node.get("rootless").asBoolean()).isTrue();
  }

  @Test
  void everyContainerThatWaitsForTheEngineHasItsReason() throws Exception {
    node(1, new NodeFactsChanged(NODE, facts("19.03", null, "refuses: it is too old")));
    await()
        .untilAsserted(
            () -> {
              var node = server.json(NODE_PATH);
              assertThat(node.get("state").asString()).isEqualTo("Unreachable");
              assertThat(node.get("state_reason").asString())
                  .isEqualTo("Docker Engine on vm refuses: it is too old");
            });
    var why = server.json("/api/app/v1/service/" + WEB + "/why/");
    assertThat(why.get("summary").asString())
        .contains("0 of 2 run; Docker Engine on vm refuses: it is too old; the start ends by");
    assertThat(why.get("slots").size()).isEqualTo(2);
    why.get("slots")
        .forEach(
            slot ->
                assertThat(slot.get("reason").asString())
                    .isEqualTo("Docker Engine on vm refuses: it is too old"));
    node(2, new NodeFactsChanged(NODE, WORKS));
    await()
        .untilAsserted(
            () -> assertThat(server.json(NODE_PATH).get("state").asString()).isEqualTo("Deployed"));
    var after = server.json("/api/app/v1/service/" + WEB + "/why/");
    assertThat(after.get("summary").asString()).doesNotContain("Docker Engine");
  }

  @Test
  void containersOfAnEngineThatIsAwayAreNotSaidToRun() throws Exception {
    Happenings.records(Happenings.running(APP, "app")).forEach(log::append);
    var path = "/api/app/v1/service/" + APP + "/why/";
    await().until(() -> server.get(path).statusCode() == 200);
    await()
        .untilAsserted(
            () ->
                assertThat(server.json(path).get("summary").asString())
                    .isEqualTo("app is running: 2 of 2 run."));
    node(1, new NodeFactsChanged(NODE, facts("28.5.2", null, AWAY)));
    await()
        .untilAsserted(
            () ->
                assertThat(server.json(path).get("summary").asString())
                    .isEqualTo(
                        "app is running: 2 of 2 ran when last seen; Docker Engine on vm "
                            + AWAY
                            + "."));
    server
        .json(path)
        .get("slots")
        .forEach(
            slot ->
                assertThat(slot.get("reason").asString()).isEqualTo("Docker Engine on vm " + AWAY));
    node(2, new NodeFactsChanged(NODE, WORKS));
    await()
        .untilAsserted(
            () ->
                assertThat(server.json(path).get("summary").asString())
                    .isEqualTo("app is running: 2 of 2 run."));
  }
}
