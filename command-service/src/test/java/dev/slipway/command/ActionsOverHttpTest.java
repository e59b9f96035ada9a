package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.runs;
import static dev.slipway.command.OneCommandService.send;
import static dev.slipway.command.OneCommandService.withNode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.history.ActionLog;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.api.ActionResource;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Giving actions up, and asking for them again. */
@ExtendWith(OneCommandService.class)
class ActionsOverHttpTest {

  private static JsonNode service;
  private static String uri;

  @BeforeAll
  static void aServiceThatCanStart() {
    withNode();
  }

  private static void makeService() {
    service = created("{\"image\":\"demo/hello\",\"target_num_containers\":2}");
    uri = service.path("resource_uri").asString();
  }

  private static Action logged(String actionUri) {
    return new ActionLog(jdbc()).find(new ActionId(actionUri.split("/")[5])).orElseThrow();
  }

  private static void isShown(HttpResponse<String> answer, String actionUri) {
    assertThat(json(answer))
        .isEqualTo(JsonMapper.shared().valueToTree(ActionResource.renderWhole(logged(actionUri))));
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Nested
  class Cancelling {

    @Test
    void endsTheWorkAsFailedAndLeavesTheStateToTheContainers() {
      makeService();
      var started = action(send("POST", uri + "start/", ""));
      assertThat(ActionResource.canBeCanceled(logged(started))).isTrue();
      var answer = send("POST", started + "cancel/", "", "X-Change-Reason", "wrong one");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      isShown(answer, started);
      assertThat(json(answer).path("state").asString()).isEqualTo("Failed");
      assertThat(json(answer).path("reason").asString()).isEqualTo("canceled by admin");
      assertThat(json(answer).path("can_be_canceled").asBoolean()).isFalse();
      var left = logged(action(answer));
      assertThat(left.request().name()).isEqualTo("Action Cancel");
      assertThat(left.request().object()).isEqualTo(started);
      assertThat(left.request().origin().reason()).isEqualTo("wrong one");
      runs(service.path("uuid").asString());
      var changed = send("PATCH", uri, "{\"memory\":64}");
      assertThat(json(changed).path("state").asString()).isEqualTo("Running");
      assertThat(
              count(
                  "SELECT count(*) FROM operations WHERE service = ?",
                  service.path("uuid").asString()))
          .isZero();
    }

    @Test
    void isRefusedOnceTheActionIsOver() {
      makeService();
      var patched = action(send("PATCH", uri, "{\"memory\":64}"));
      var answer = send("POST", patched + "cancel/", "");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(error(answer)).isEqualTo("the action is over: it is Success");
      assertThat(logged(action(answer)).state().text()).isEqualTo("Failed");
    }
  }

  @Nested
  class Retrying {

    @Test
    void sendsTheSameRequestAsANewAction() {
      makeService();
      var started = action(send("POST", uri + "/start?x=1&token=no&user=me", ""));
      assertThat(logged(started).request().path()).isEqualTo(uri + "/start?x=1");
      runs(service.path("uuid").asString());
      var first = action(send("POST", uri + "redeploy/?reuse_volumes=False", ""));
      var _ = send("POST", first + "cancel/", "");
      runs(service.path("uuid").asString());
      var answer = send("POST", first + "retry/", "", "X-Change-Reason", "again");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      var second = action(answer);
      assertThat(second).isNotEqualTo(first);
      isShown(answer, second);
      assertThat(json(answer).path("action").asString()).isEqualTo("Service Redeploy");
      assertThat(json(answer).path("state").asString()).isEqualTo("In progress");
      assertThat(json(answer).path("change_reason").asString()).isEqualTo("again");
      assertThat(
              jdbc()
                  .queryForList(
                      "SELECT payload FROM events WHERE aggregate_identifier = ?"
                          + " AND payload_type = 'OperationBegun' ORDER BY sequence_number",
                      String.class,
                      service.path("uuid").asString())
                  .getLast())
          .contains("\"REDEPLOY\"", "\"reuseVolumes\":false", second.split("/")[5]);
    }

    @Test
    void sendsTheBodyToo() {
      makeService();
      var patched = action(send("PATCH", uri, "{\"memory\":64,\"tags\":[\"ssd\"]}"));
      var _ = send("PATCH", uri, "{\"memory\":128}");
      var answer = send("POST", patched + "retry/", "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(json(answer).path("method").asString()).isEqualTo("PATCH");
      assertThat(json(send("PATCH", uri, "{}")).path("memory").asInt()).isEqualTo(64);
    }

    @Test
    void answersTheRefusalIfTheRequestIsRefusedThisTime() {
      makeService();
      var refused = action(send("POST", uri + "stop/", ""));
      var answer = send("POST", refused + "retry/", "");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(error(answer)).contains("it is Not running");
      assertThat(logged(action(answer)).request().name()).isEqualTo("Service Stop");
      assertThat(action(answer)).isNotEqualTo(refused);
    }

    @Test
    void isRefusedIfSecretsWereLeftOut() {
      var withSecret =
          send(
              "POST",
              SERVICES,
              "{\"image\":\"a\",\"container_envvars\":[{\"key\":\"A\",\"value\":\"s3cret\"}]}");
      assertThat(ActionResource.canBeRetried(logged(action(withSecret)))).isFalse();
      var answer = send("POST", action(withSecret) + "retry/", "");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(error(answer)).contains("secrets").doesNotContain("s3cret");
    }

    @Test
    void isRefusedWhileTheActionGoesOnAndOfWhatIsNoRequestToAService() {
      makeService();
      var started = action(send("POST", uri + "start/", ""));
      var going = send("POST", started + "retry/", "");
      assertThat(going.statusCode()).isEqualTo(409);
      assertThat(error(going)).contains("In progress");
      var cancel = action(send("POST", started + "cancel/", ""));
      var again = send("POST", cancel + "retry/", "");
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(error(again)).contains("no request to services");
    }
  }

  @Test
  void doNotExistForOtherNamespaces() {
    makeService();
    var foreign = action(send("PATCH", uri, "{\"memory\":64}"));
    jdbc()
        .update(
            "UPDATE events SET payload = replace(payload, '\"namespace\":\"admin\"',"
                + " '\"namespace\":\"other\"') WHERE aggregate_identifier = ?",
            foreign.split("/")[5]);
    for (var unknown :
        java.util.List.of(
            foreign, "/api/audit/v1/action/" + Uuids.random() + "/", "/api/audit/v1/action/x/")) {
      for (var verb : java.util.List.of("cancel/", "retry/")) {
        var answer = send("POST", unknown + verb, "");
        assertThat(answer.statusCode()).as(unknown).isEqualTo(404);
        assertThat(error(answer)).endsWith("does not exist");
      }
    }
  }
}
