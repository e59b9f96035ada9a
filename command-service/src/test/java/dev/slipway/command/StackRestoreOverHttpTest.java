package dev.slipway.command;

import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Going back to an earlier version of a stack. */
@ExtendWith(OneCommandService.class)
class StackRestoreOverHttpTest {

  private static final String STACKS = "/api/app/v1/stack/";

  private static JsonNode stack(String name) {
    var answer =
        send(
            "POST",
            STACKS,
            """
            {"name":"%s","services":[
              {"name":"db","image":"demo/db:1"},
              {"name":"web","image":"demo/web:1","links":["db"],"environment":{"A":"1"}}]}
            """
                .formatted(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static String version(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
  }

  private static JsonNode definition(String stack, String name) {
    var payloads =
        jdbc()
            .queryForList(
                "SELECT payload FROM events WHERE aggregate_identifier ="
                    + " (SELECT service FROM services WHERE stack = ? AND name = ?)"
                    + " ORDER BY sequence_number",
                String.class,
                stack,
                name);
    return JsonMapper.shared().readTree(payloads.getLast());
  }

  private static List<String> names(String stack) {
    return jdbc()
        .queryForList(
            "SELECT name FROM services WHERE stack = ? ORDER BY name", String.class, stack);
  }

  @Test
  void goesBackToWhatAnEarlierFileSaid() {
    var stack = stack("undo");
    var uri = stack.path("resource_uri").asString();
    var uuid = stack.path("uuid").asString();
    var patched =
        send(
            "PATCH",
            uri,
            """
            {"services":[{"name":"web","image":"demo/web:2"},{"name":"worker","image":"demo/w"}]}
            """);
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);

    var tried = send("POST", uri + "restore/?version=1&prune=true&dry_run=true", "");
    assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
    assertThat(json(tried).path("summary").asString()).isEqualTo("update 1, terminate 1");
    assertThat(tried.body()).doesNotContain("\"value\":\"1\"");

    var restored = send("POST", uri + "restore/?version=1&prune=true", "");
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
    assertThat(definition(uuid, "web").at("/changes/image").asString()).isEqualTo("demo/web:1");
    await().until(() -> names(uuid).equals(List.of("db", "web")));
    assertThat(Long.parseLong(version(restored))).isGreaterThan(Long.parseLong(version(patched)));
  }

  @Test
  void makesAServiceAnewThatHasBeenPrunedSince() {
    var stack = stack("again");
    var uri = stack.path("resource_uri").asString();
    var uuid = stack.path("uuid").asString();
    var alone = "{\"services\":[{\"name\":\"web\",\"image\":\"demo/web:1\"}]}";
    assertThat(send("PATCH", uri + "?prune=true", alone).statusCode()).isEqualTo(200);
    await().until(() -> names(uuid).equals(List.of("web")));

    var restored = send("POST", uri + "restore/?version=1", "");
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
    await().until(() -> names(uuid).equals(List.of("db", "web")));
    var db =
        jdbc()
            .queryForObject(
                "SELECT service FROM services WHERE stack = ? AND name = 'db'", String.class, uuid);
    assertThat(definition(uuid, "web").at("/changes/linked_to_service/0/to_service").asString())
        .isEqualTo(db);
  }

  @Test
  void refusesVersionsThatTheStackDoesNotHave() {
    var stack = stack("bounds");
    var uri = stack.path("resource_uri").asString();
    for (var wrong : List.of("", "?version=", "?version=x", "?version=-1", "?version=0")) {
      var answer = send("POST", uri + "restore/" + wrong, "");
      assertThat(answer.statusCode()).as(wrong + ": " + answer.body()).isEqualTo(400);
      assertThat(json(answer).path("error").asString()).startsWith("version ");
    }
    assertThat(send("POST", uri + "restore/?version=99", "").body()).contains("from 1 to 1");
    var unknown = STACKS + "5e0c7d7e-0000-4000-8000-00000000dead/restore/?version=1";
    assertThat(send("POST", unknown, "").statusCode()).isEqualTo(404);
  }
}
