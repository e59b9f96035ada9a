package dev.slipway.command;

import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static dev.slipway.command.OneCommandService.withNode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Uuids;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Dry runs of changes of a stack, and pruning. */
@ExtendWith(OneCommandService.class)
class StackDryRunsOverHttpTest {

  private static final String STACKS = "/api/app/v1/stack/";
  private static final String TWO =
      "{\"name\":\"dry\",\"services\":["
          + "{\"name\":\"db\",\"image\":\"demo/hello\"},"
          + "{\"name\":\"web\",\"image\":\"demo/hello\",\"links\":[\"db\"],"
          + "\"target_num_containers\":2}]}";

  /** The database stays as it is, web changes, a worker comes. */
  private static final String CHANGED =
      "{\"services\":["
          + "{\"name\":\"web\",\"image\":\"demo/hello:2\",\"target_num_containers\":2},"
          + "{\"name\":\"worker\",\"image\":\"demo/hello\"}]}";

  @BeforeAll
  static void aNode() {
    withNode();
  }

  private static String stack() {
    var answer = send("POST", STACKS, TWO);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("resource_uri").asString();
  }

  private static long eventsOf(String uri) {
    var uuid = uri.split("/")[6];
    return jdbc()
        .queryForObject(
            "SELECT count(*) FROM events WHERE aggregate_identifier = ?"
                + " OR aggregate_identifier IN (SELECT service FROM services WHERE stack = ?)",
            Long.class,
            uuid,
            uuid);
  }

  private static JsonNode foreseen(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-DockerCloud-Action-URI")).isEmpty();
    return json(answer);
  }

  private static List<String> services(JsonNode answer) {
    return answer
        .path("services")
        .valueStream()
        .map(one -> one.path("change").asString() + " " + one.path("name").asString())
        .toList();
  }

  @Test
  void tellsWhichServicesAStackWouldHave() {
    var before = jdbc().queryForObject("SELECT count(*) FROM services", Long.class);
    var answer = foreseen(send("POST", STACKS + "?dry_run=true", TWO));
    assertThat(answer.path("version").isNull()).isTrue();
    assertThat(services(answer)).containsExactly("create db", "create web");
    assertThat(answer.path("summary").asString()).isEqualTo("create 2");
    assertThat(answer.path("stack").path("name").asString()).isEqualTo("dry");
    assertThat(answer.path("plan")).isEmpty();
    assertThat(jdbc().queryForObject("SELECT count(*) FROM services", Long.class))
        .isEqualTo(before);
  }

  @Test
  void tellsWhatAChangeWouldMakeOfEachService() {
    var uri = stack();
    long before = eventsOf(uri);
    var answer = foreseen(send("PATCH", uri + "?dry_run=true", CHANGED));
    assertThat(services(answer))
        .containsExactlyInAnyOrder("update web", "create worker", "kept db");
    var web =
        answer
            .path("services")
            .valueStream()
            .filter(one -> one.path("name").asString().equals("web"))
            .findFirst()
            .orElseThrow();
    assertThat(web.path("changes").toString())
        .contains(
            "{\"attribute\":\"image\",\"from\":\"demo/hello:latest\",\"to\":\"demo/hello:2\"}");
    assertThat(web.path("version").asInt()).isZero();
    assertThat(answer.path("summary").asString()).isEqualTo("create 1, update 1");
    var pruned = foreseen(send("PATCH", uri + "?dry_run=true&prune=true", CHANGED));
    assertThat(services(pruned))
        .containsExactlyInAnyOrder("update web", "create worker", "terminate db");
    assertThat(eventsOf(uri)).isEqualTo(before);
  }

  @Test
  void plansContainersOfOneServiceAfterThoseThatItNeeds() {
    var uri = stack();
    var answer = foreseen(send("POST", uri + "start/?dry_run=true", ""));
    assertThat(
            answer
                .path("plan")
                .valueStream()
                .map(one -> one.path("step") + " " + one.path("name").asString()))
        .containsExactly("1 db-1", "2 web-1", "2 web-2");
    assertThat(answer.path("summary").asString()).isEqualTo("add 3 2 at a time");
    assertThat(answer.path("stack").path("state").asString()).isEqualTo("Starting");
    assertThat(services(answer)).containsExactly("unchanged db", "unchanged web");
  }

  @Test
  void isRefusedAsTheWriteWouldBe() {
    var uri = stack();
    record Case(String method, String path, String body, int status) {}
    for (var one :
        List.of(
            new Case("POST", uri + "stop/", "", 409),
            new Case("PATCH", uri, "{\"services\":[{\"name\":\"x\"}]}", 400),
            new Case("POST", STACKS + Uuids.random() + "/start/", "", 404))) {
      var dry = send(one.method(), one.path() + "?dry_run=true", one.body());
      var wet = send(one.method(), one.path(), one.body());
      assertThat(dry.statusCode()).as(dry.body()).isEqualTo(one.status());
      assertThat(wet.statusCode()).as(wet.body()).isEqualTo(one.status());
      assertThat(error(dry)).isEqualTo(error(wet));
    }
    assertThat(send("PATCH", uri + "?prune=perhaps", CHANGED).statusCode()).isEqualTo(400);
    assertThat(send("PATCH", uri, CHANGED, "If-Match", "\"9\"").statusCode()).isEqualTo(412);
  }

  @Test
  void servicesThatAFileDoesNotNameStayUnlessTheClientPrunes() {
    var uri = stack();
    var kept = json(send("PATCH", uri, CHANGED));
    assertThat(kept.path("services")).hasSize(3);
    var pruned = send("PATCH", uri + "?prune=true", CHANGED);
    assertThat(pruned.statusCode()).as(pruned.body()).isEqualTo(200);
    assertThat(
            jdbc()
                .queryForList(
                    "SELECT name FROM services WHERE stack = ? ORDER BY name",
                    String.class,
                    uri.split("/")[6]))
        .containsExactly("web", "worker");
  }
}
