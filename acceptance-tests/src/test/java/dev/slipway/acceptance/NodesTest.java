package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Several hosts, each with an Engine and an agent of its own: what comes, goes, and is linked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Install install;

  @BeforeAll
  void start() throws Exception {
    install = new Install(2, Map.of("SLIPWAY_NODE_TIMEOUT", "4s", "SLIPWAY_NODE_LOSS_GRACE", "1s"));
  }

  @AfterAll
  void stop() throws Exception {
    if (install != null) {
      install.close();
    }
  }

  private String running(String name, int containers, Map<String, ?> more) {
    var uri = install.create(name, containers, more);
    install.api.post(uri + "start/").is(202);
    install.awaitState(uri, "Running");
    return uri;
  }

  private static Map<String, ?> on(int host, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("tags", List.of(Map.of("name", "host" + host)));
    return body;
  }

  private void end(String uri) {
    install.api.delete(uri).is(202);
    install.awaitState(uri, "Terminated");
  }

  private List<JsonNode> containers(String uri) {
    var list = install.api.get("/api/app/v1/container/?service=" + uri).is(200);
    return StreamSupport.stream(list.json().path("objects").spliterator(), false)
        .filter(container -> !container.path("state").asString().equals("Terminated"))
        .toList();
  }

  private String node(int host) {
    return install.node("host" + host);
  }

  private int onHost(int host, String uri) throws Exception {
    var service = "label=dev.slipway.service=" + install.api.get(uri).text("uuid");
    return install.hosts.get(host - 1).engine.ids(service, "status=running").size();
  }

  private void awaitOnHosts(String uri, int first, int second) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(List.of(onHost(1, uri), onHost(2, uri))).containsExactly(first, second));
  }

  /** Who moves runs twice for a moment, and the log says so. */
  private void audit() {
    var recovery = install.recovery();
    assertThat(recovery.isClean()).as(recovery.report()).isTrue();
  }

  @Test
  @Order(1)
  void linksLeadToPublishedPortsOfOtherHosts() throws Exception {
    var page = Map.of("protocol", "tcp", "inner_port", 80, "published", true);
    var web = running("web", 1, on(2, Map.of("container_ports", List.of(page))));
    var fetch =
        "sh -c 'printf \"GET / HTTP/1.0\\r\\n\\r\\n\""
            + " | nc -w 5 $DB_1_PORT_80_TCP_ADDR $DB_1_PORT_80_TCP_PORT; sleep 3600'";
    var link = Map.of("to_service", "web", "name", "db");
    var client =
        running(
            "client", 1, on(1, Map.of("run_command", fetch, "linked_to_service", List.of(link))));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(install.api.stream(client + "logs/?follow=false"))
                    .extracting(line -> line.path("log").asString())
                    .anyMatch(line -> line.contains("hello")));
    var port = containers(web).getFirst().path("container_ports").path(0).path("outer_port");
    var linked = containers(client).getFirst().path("linked_to_container").path(0);
    assertThat(linked.path("name").asString()).isEqualTo("db-1");
    assertThat(linked.path("endpoints").path("80/tcp").asString())
        .isEqualTo("tcp://%s:%d".formatted(install.hosts.get(1).engine.address(), port.asInt()));
    end(client);
    end(web);
  }

  @Test
  @Order(2)
  void drainingMovesContainersOneByOne() throws Exception {
    var uri = running("moves", 2, Map.of("deployment_strategy", "HIGH_AVAILABILITY"));
    awaitOnHosts(uri, 1, 1);
    var drained = install.api.post(node(2) + "drain/").is(202);
    assertThat(install.why(drained)).startsWith("Success");
    awaitOnHosts(uri, 2, 0);
    assertThat(install.state(uri)).isEqualTo("Running");
    install.api.post(node(2) + "undrain/").is(202);
    audit();
    end(uri);
  }

  @Test
  @Order(3)
  void whatALostHostRanIsRunElsewhereAndIsRemovedThereWhenItComesBack() throws Exception {
    var kept = running("kept", 1, on(1, Map.of()));
    var moved = running("moved", 1, Map.of("on_node_loss", "reschedule"));
    int from = onHost(1, moved) == 1 ? 1 : 2;
    var lost = install.hosts.get(from - 1);
    lost.killAgent();
    await()
        .atMost(PATIENCE)
        .until(() -> install.api.get(node(from)).text("state").equals("Unreachable"));
    await().atMost(PATIENCE).until(() -> onHost(3 - from, moved) == 1);
    lost.startAgent();
    await().atMost(PATIENCE).until(() -> onHost(from, moved) == 0);
    assertThat(onHost(1, kept)).isEqualTo(1);
    install.awaitState(moved, "Running");
    audit();
    end(moved);
    end(kept);
  }

  @Test
  @Order(4)
  void everyNodeIsFollowedWhenHostsComeAndGo() throws Exception {
    var uri = running("everywhere", 1, Map.of("deployment_strategy", "EVERY_NODE"));
    awaitOnHosts(uri, 1, 1);
    var third = install.addHost();
    await().atMost(PATIENCE).until(() -> onHost(3, uri) == 1);
    assertThat(containers(uri)).hasSize(3);
    var drained = install.api.post(node(3) + "drain/").is(202);
    assertThat(install.why(drained)).startsWith("Success");
    assertThat(onHost(3, uri)).isZero();
    install.api.delete(node(3)).is(202);
    assertThat(third.hasAgent()).isTrue();
    awaitOnHosts(uri, 1, 1);
    install.awaitState(uri, "Running");
    audit();
    end(uri);
  }
}
