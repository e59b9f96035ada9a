package dev.slipway.command;

import static dev.slipway.command.OneCommandService.NODE;
import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.events;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.runs;
import static dev.slipway.command.OneCommandService.send;
import static dev.slipway.command.OneCommandService.withNode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Uuids;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Asking what would follow, going back to what was, and saying why. */
@ExtendWith(OneCommandService.class)
class WhatIfOverHttpTest {

  @BeforeAll
  static void aNode() {
    withNode();
  }

  private static String service(String attributes) {
    return created("{\"image\":\"demo/hello\"%s}".formatted(attributes))
        .path("resource_uri")
        .asString();
  }

  private static String uuid(String uri) {
    return uri.split("/")[6];
  }

  @Nested
  class ADryRun {

    private static HttpResponse<String> foreseen(String method, String path, String body) {
      var before = events();
      var answer = send(method, path, body);
      assertThat(events()).as("nothing is stored").isEqualTo(before);
      assertThat(answer.headers().firstValue("X-DockerCloud-Action-URI")).isEmpty();
      return answer;
    }

    private static List<String> types(HttpResponse<String> answer) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return json(answer)
          .path("events")
          .valueStream()
          .map(event -> event.path("type").asString())
          .toList();
    }

    @Test
    void tellsWhatEachWriteWouldLeadTo() {
      var uri = service(",\"target_num_containers\":2");
      assertThat(types(foreseen("PATCH", uri + "?dry_run=true", "{\"memory\":64}")))
          .containsExactly("ServiceUpdated");
      var start = foreseen("POST", uri + "start/?dry_run=True", "");
      assertThat(types(start))
          .containsExactly("OperationBegun", "ContainerPlaced", "ContainerPlaced");
      var placement = json(start).path("placements").path(1);
      assertThat(placement.path("slot").asInt()).isEqualTo(2);
      assertThat(placement.path("node_name").asString()).isEqualTo("alpha");
      assertThat(placement.path("node").asString())
          .isEqualTo("/api/infra/v1/admin/node/" + NODE + "/");
      assertThat(json(start).path("service").path("state").asString()).isEqualTo("Starting");
      assertThat(types(foreseen("POST", uri + "scale/?dry_run=true", ""))).hasSize(3);
      assertThat(types(foreseen("POST", uri + "redeploy/?dry_run=true", ""))).hasSize(3);
      assertThat(types(foreseen("DELETE", uri + "?dry_run=true", "")))
          .containsExactly("OperationBegun", "OperationEnded", "ServiceTerminated");
      send("POST", uri + "start/", "");
      runs(uuid(uri));
      assertThat(types(foreseen("POST", uri + "stop/?dry_run=true", "")))
          .containsExactly("OperationBegun", "ContainerStopRequested", "ContainerStopRequested");
      assertThat(json(send("PATCH", uri, "{}")).path("state").asString()).isEqualTo("Running");
    }

    @Test
    void plansEachContainerInTheOrderOfTheDecider() {
      var uri = service(",\"target_num_containers\":2,\"sequential_deployment\":true");
      var start = foreseen("POST", uri + "start/?dry_run=true", "");
      assertThat(start.headers().firstValue("ETag")).contains("\"0\"");
      assertThat(json(start).path("version").asInt()).isZero();
      assertThat(json(start).path("summary").asString()).isEqualTo("add 2 one at a time");
      var entry = json(start).path("plan").path(1);
      assertThat(entry.path("step").asInt()).isEqualTo(2);
      assertThat(entry.path("action").asString()).isEqualTo("add");
      assertThat(entry.path("service").asString()).isEqualTo(uri);
      assertThat(entry.path("name").asString()).isEqualTo("hello-2");
      assertThat(entry.path("container").isNull()).isTrue();
      assertThat(entry.path("node_name").asString()).isEqualTo("alpha");
      assertThat(entry.path("refused").isNull()).isTrue();
    }

    @Test
    void showsChangesWithoutValuesOfVariables() {
      var uri = service(",\"memory\":64");
      var answer =
          foreseen(
              "PATCH",
              uri + "?dry_run=true",
              "{\"memory\":128,\"nam\":1,\"container_envvars\":[{\"key\":\"A\",\"value\":\"s3\"}]}");
      assertThat(json(answer).path("changes").toString())
          .contains("{\"attribute\":\"memory\",\"from\":64,\"to\":128}")
          .doesNotContain("s3");
      assertThat(json(answer).path("warnings").toString()).contains("nam");
      assertThat(json(answer).path("summary").asString()).isEqualTo("set 2 attributes");
      assertThat(json(answer).path("plan")).isEmpty();
    }

    @Test
    void isForTheVersionThatItWasDecidedOn() {
      var uri = service("");
      var seen = foreseen("PATCH", uri + "?dry_run=true", "{\"memory\":64}");
      var tag = seen.headers().firstValue("ETag").orElseThrow();
      assertThat(send("PATCH", uri, "{\"memory\":64}", "If-Match", tag).statusCode())
          .isEqualTo(200);
      for (var path : List.of(uri + "?dry_run=true", uri)) {
        var late = send("PATCH", path, "{\"memory\":65}", "If-Match", tag);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(error(late)).contains("it is at version 1, not 0");
      }
      assertThat(send("PATCH", uri, "{\"memory\":66}", "If-Match", "*").statusCode())
          .isEqualTo(200);
      for (var wrong : List.of("\"x\"", "\"1\", \"2\"", "")) {
        var answer = send("PATCH", uri, "{\"memory\":67}", "If-Match", wrong);
        assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
        assertThat(error(answer)).startsWith("If-Match must be");
      }
    }

    @Test
    void tellsOfAServiceThatIsNotThere() {
      var before = count("SELECT count(*) FROM services");
      var answer =
          foreseen(
              "POST",
              SERVICES + "?dry_run=true",
              "{\"image\":\"demo/hello\",\"container_envvars\":[{\"key\":\"A\",\"value\":\"s3\"}]}");
      assertThat(types(answer)).containsExactly("ServiceCreated");
      assertThat(json(answer).path("events").toString()).contains("***").doesNotContain("s3");
      assertThat(json(answer).path("service").path("name").asString()).isEqualTo("hello");
      assertThat(count("SELECT count(*) FROM services")).isEqualTo(before);
    }

    @Test
    void tellsWhyNoNodeWouldDo() {
      var uri = service(",\"tags\":[\"gpu\"]");
      var answer = foreseen("POST", uri + "start/?dry_run=true", "");
      var placement = json(answer).path("placements").path(0);
      assertThat(placement.path("slot").asInt()).isEqualTo(1);
      assertThat(placement.path("reason").asString()).contains("hello-1");
      var refusal = placement.path("refusals").path(0);
      assertThat(refusal.path("node_name").asString()).isEqualTo("alpha");
      assertThat(refusal.path("reason").asString()).isNotEmpty();
    }

    @Test
    void isRefusedAsTheWriteWouldBe() {
      var uri = service("");
      var unknown = SERVICES + Uuids.random() + "/";
      record Case(String method, String path, String body, int status) {}
      for (var one :
          List.of(
              new Case("POST", uri + "stop/", "", 409),
              new Case("PATCH", uri, "{\"memory\":1}", 400),
              new Case("PATCH", uri, "{\"deployment_strategy\":\"EVERY_NODE\"}", 400),
              new Case("PATCH", uri, "{\"linked_to_service\":[{\"to_service\":\"no\"}]}", 400),
              new Case("POST", SERVICES, "{}", 400),
              new Case("POST", uri + "restore/", "", 400),
              new Case("POST", unknown + "start/", "", 404),
              new Case("PATCH", unknown, "{}", 404),
              new Case("DELETE", unknown, "", 404))) {
        var dry = foreseen(one.method(), one.path() + "?dry_run=true", one.body());
        var wet = send(one.method(), one.path(), one.body());
        assertThat(dry.statusCode()).as(one + dry.body()).isEqualTo(one.status());
        assertThat(wet.statusCode()).as(one.toString()).isEqualTo(one.status());
        assertThat(error(dry)).isEqualTo(error(wet));
      }
    }

    @Test
    void seesWhoUsesVolumes() {
      var owner = service("");
      service(",\"bindings\":[{\"volumes_from\":\"%s\"}]".formatted(uuid(owner)));
      assertThat(foreseen("DELETE", owner + "?dry_run=true", "").statusCode()).isEqualTo(409);
    }

    @Test
    void isOneOnlyIfItSaysSo() {
      var uri = service("");
      assertThat(json(send("PATCH", uri + "?dry_run=false", "{\"memory\":64}")).path("memory"))
          .hasToString("64");
      for (var wrong : List.of("maybe", "1", "")) {
        var answer = foreseen("PATCH", uri + "?dry_run=" + wrong, "{\"memory\":65}");
        assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("dry_run must be true or false");
      }
    }

    @Test
    void isNeverCarriedOutWhereNobodyCanTell() {
      var uri = service("");
      var patched = action(send("PATCH", uri, "{\"memory\":64}"));
      for (var path : List.of(patched + "retry/", "/api/account/v1/user/")) {
        var answer = foreseen("POST", path + "?dry_run=true", "{\"name\":\"eve\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer))
            .isEqualTo("dry_run is for changes of services, containers, stacks and nodes only");
      }
    }
  }

  @Nested
  class GoingBack {

    @Test
    void setsEverythingAsItWasAtTheVersion() {
      var uri = service(",\"memory\":64,\"container_envvars\":[{\"key\":\"A\",\"value\":\"1\"}]");
      send("PATCH", uri, "{\"memory\":128,\"tags\":[\"ssd\"],\"nickname\":\"x\"}");
      send("PATCH", uri, "{\"container_envvars\":[],\"memory\":null}");
      assertThat(memoryAndTags(restored(uri, 1))).isEqualTo("128 1 x");
      assertThat(memoryAndTags(restored(uri, 0))).isEqualTo("64 0 hello");
      var last = restored(uri, 0);
      assertThat(last.headers().firstValue("ETag")).contains("\"4\"");
      assertThat(json(last).path("container_envvars").path(0).path("value").asString())
          .isEqualTo("1");
      assertThat(
              jdbc()
                  .queryForObject(
                      "SELECT payload FROM events WHERE aggregate_identifier = ?",
                      String.class,
                      action(last).split("/")[5]))
          .contains("\"Service Restore\"", "\"SUCCESS\"");
    }

    private static HttpResponse<String> restored(String uri, int version) {
      var answer = send("POST", uri + "restore/?version=" + version, "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer;
    }

    private static String memoryAndTags(HttpResponse<String> answer) {
      JsonNode service = json(answer);
      return "%s %d %s"
          .formatted(
              service.path("memory"),
              service.path("tags").size(),
              service.path("nickname").asString());
    }

    @Test
    void needsAVersionThatTheServiceHasHad() {
      var uri = service("");
      record Case(String query, String message) {}
      for (var one :
          List.of(
              new Case("", "version is required"),
              new Case("?version=", "version is required"),
              new Case("?version=one", "version must be a whole number from 0"),
              new Case("?version=-1", "version must be a whole number from 0"),
              new Case("?version=99999999999999999999", "version must be a whole number from 0"),
              new Case("?version=1", "version must be from 0 to 0"))) {
        var answer = send("POST", uri + "restore/" + one.query(), "");
        assertThat(answer.statusCode()).as(one.query()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo(one.message());
        assertThat(action(answer)).isNotEmpty();
      }
      assertThat(send("POST", SERVICES + Uuids.random() + "/restore/?version=0", "").statusCode())
          .isEqualTo(404);
    }

    @Test
    void canBeTriedFirst() {
      var uri = service(",\"memory\":64");
      send("PATCH", uri, "{\"memory\":128}");
      var before = events();
      var answer = send("POST", uri + "restore/?version=0&dry_run=true", "");
      assertThat(json(answer).path("service").path("memory").asInt()).isEqualTo(64);
      assertThat(events()).isEqualTo(before);
    }
  }

  @Nested
  class Headers {

    @Test
    void sayWhyInEventsAndActions() {
      var answer =
          send("POST", SERVICES, "{\"image\":\"demo/hello\"}", "X-Change-Reason", "for Eve");
      var uuid = json(answer).path("uuid").asString();
      assertThat(
              jdbc()
                  .queryForObject(
                      "SELECT meta_data FROM events WHERE aggregate_identifier = ?",
                      String.class,
                      uuid))
          .contains("\"reason\":\"for Eve\"");
      assertThat(
              jdbc()
                  .queryForObject(
                      "SELECT payload FROM events WHERE aggregate_identifier = ?",
                      String.class,
                      action(answer).split("/")[5]))
          .contains("\"reason\":\"for Eve\"");
    }

    @Test
    void mustNotSayTooMuch() {
      var uri = service("");
      var most = send("PATCH", uri, "{\"memory\":64}", "X-Change-Reason", "x".repeat(1000));
      assertThat(most.statusCode()).isEqualTo(200);
      var before = events();
      var answer = send("PATCH", uri, "{\"memory\":65}", "X-Change-Reason", "x".repeat(1001));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer)).isEqualTo("X-Change-Reason must have at most 1000 characters");
      assertThat(events()).isEqualTo(before);
    }

    @Test
    void makeCreatingAgainHarmless() {
      var body = "{\"image\":\"demo/hello\"}";
      var first = json(send("POST", SERVICES, body, "Idempotency-Key", "what-if"));
      var again = send("POST", SERVICES, body, "Idempotency-Key", "what-if");
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(json(again)).isEqualTo(first);
      assertThat(json(send("POST", SERVICES, body, "Idempotency-Key", "what-if-not")).path("uuid"))
          .isNotEqualTo(first.path("uuid"));
      for (var wrong : List.of(" ", "x".repeat(256))) {
        var answer = send("POST", SERVICES, body, "Idempotency-Key", wrong);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("Idempotency-Key must have 1 to 255 characters");
      }
    }
  }
}
