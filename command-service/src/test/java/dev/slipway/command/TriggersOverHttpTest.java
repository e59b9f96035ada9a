package dev.slipway.command;

import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.bean;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.runs;
import static dev.slipway.command.OneCommandService.send;
import static dev.slipway.command.OneCommandService.uri;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.history.ActionLog;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.api.ActionResource;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs that do one thing to a service for whoever knows them. */
@ExtendWith(OneCommandService.class)
class TriggersOverHttpTest {

  private ServiceId service;
  private String path;

  @BeforeAll
  static void aNode() {
    OneCommandService.withNode();
  }

  @BeforeEach
  void aServiceThatRuns() {
    var json = created("{\"image\":\"demo/hello\"}");
    service = new ServiceId(json.path("uuid").asString());
    path = json.path("resource_uri").asString();
    var _ = send("POST", path + "start/", "");
    runs(service.value());
  }

  /** As the Python client sends it: with two slashes. */
  private String trigger(String body) {
    var answer = send("POST", path + "/trigger/", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("url").asString();
  }

  /** Without a login. */
  private static HttpResponse<String> call(String url, String body) {
    return send(HttpRequest.newBuilder(uri(url)).POST(BodyPublishers.ofString(body)).build());
  }

  private void removed(int generation) {
    var report =
        new ContainerReport.Removed(
            service,
            ContainerId.of(service, 1, generation),
            new NodeId(OneCommandService.NODE),
            Instant.now());
    bean(Commands.class).send(new ReportContainers(service, List.of(report)), service, "test");
  }

  private static Action logged(String actionUri) {
    return new ActionLog(jdbc()).find(new ActionId(actionUri.split("/")[5])).orElseThrow();
  }

  @Test
  void isMadeShownAndDeleted() {
    var answer =
        send("POST", path + "trigger/", "{\"name\":\"on push\",\"operation\":\"scaleup\"}");
    var json = json(answer);
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder("uuid", "resource_uri", "name", "operation", "url");
    assertThat(json.path("operation").asString()).isEqualTo("SCALEUP");
    assertThat(json.path("name").asString()).isEqualTo("on push");
    var uri = json.path("resource_uri").asString();
    assertThat(uri).isEqualTo(path + "trigger/" + json.path("uuid").asString() + "/");
    assertThat(json.path("url").asString()).isEqualTo(uri + "call/");
    var deleted = send("DELETE", uri, "");
    assertThat(deleted.statusCode()).isEqualTo(202);
    assertThat(json(deleted).path("resource_uri").asString()).isEqualTo(uri);
    assertThat(json(deleted).path("uuid")).isEqualTo(json.path("uuid"));
    assertThat(call(uri + "call/", "").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", uri, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aCallOfNoTriggerIsOneNeutral404AndLeavesNoAction() {
    var known = trigger("{}");
    long before = actions();
    var none = "5e0c7d7e-0000-4000-8000-00000000dead";
    for (var url :
        List.of(
            path + "trigger/%s/call/".formatted(none),
            path + "trigger/%s/call/3/".formatted(none),
            path + "trigger/x/call/",
            path.replace(service.value(), none) + "trigger/%s/call/".formatted(none),
            known.replace(service.value(), none))) {
      var answer = call(url, "{\"commit\":1}");
      assertThat(answer.statusCode()).as(url).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("{\"error\":\"trigger does not exist\"}");
    }
    assertThat(call(known + "0/", "").statusCode()).isEqualTo(400);
    assertThat(actions()).isEqualTo(before);
  }

  private static long actions() {
    return Objects.requireNonNull(
        jdbc().queryForObject("SELECT count(*) FROM events WHERE type = 'Action'", Long.class));
  }

  @Test
  void redeploysForWhoeverKnowsItsUrl() {
    var called = call(trigger("{}"), "");
    assertThat(called.statusCode()).as(called.body()).isEqualTo(202);
    assertThat(json(called).path("operation").asString()).isEqualTo("REDEPLOY");
    var action = logged(action(called));
    assertThat(action.state()).isEqualTo(ActionState.IN_PROGRESS);
    assertThat(action.request().name()).isEqualTo("Trigger Call");
    assertThat(action.request().origin().user()).isEmpty();
    assertThat(action.request().object()).isEqualTo(path);
    removed(1);
    runs(service.value());
    assertThat(logged(action(called)).state()).isEqualTo(ActionState.SUCCESS);
  }

  @Test
  void tellsTheContainersTheBodyAndNobodyElse() {
    var called = call(trigger("{}"), "{\"commit\":\"4f66ad9a\"}");
    var action = logged(action(called));
    assertThat(action.request().body()).doesNotContain("4f66ad9a");
    assertThat(ActionResource.canBeRetried(action)).isFalse();
    removed(1);
    var placed =
        jdbc()
            .queryForList(
                "SELECT payload FROM events WHERE aggregate_identifier = ?"
                    + " AND payload_type = 'ContainerPlaced' ORDER BY sequence_number",
                String.class,
                service.value())
            .getLast();
    assertThat(placed).contains("DOCKERCLOUD_TRIGGER_BODY", "4f66ad9a");
  }

  @Test
  void waitsItsTurnAndLaterCallsJoinIt() {
    var url = trigger("{\"operation\":\"REDEPLOY\"}");
    var under = action(send("POST", path + "redeploy/", ""));
    var waiting = action(call(url, ""));
    var joined = action(call(url, ""));
    assertThat(logged(waiting).state()).isEqualTo(ActionState.PENDING);
    assertThat(logged(joined).state()).isEqualTo(ActionState.SUCCESS);
    removed(1);
    runs(service.value());
    assertThat(logged(under).state()).isEqualTo(ActionState.SUCCESS);
    assertThat(logged(waiting).state()).isEqualTo(ActionState.IN_PROGRESS);
    removed(2);
    runs(service.value());
    assertThat(logged(waiting).state()).isEqualTo(ActionState.SUCCESS);
  }

  @Test
  void thatWaitsCanBeCanceled() {
    var url = trigger("{}");
    var _ = send("POST", path + "redeploy/", "");
    var waiting = action(call(url, ""));
    var canceled = send("POST", waiting + "cancel/", "");
    assertThat(canceled.statusCode()).as(canceled.body()).isEqualTo(202);
    assertThat(json(canceled).path("state").asString()).isEqualTo("Canceled");
  }

  @Test
  void addsAsManyContainersAsTheCallSays() {
    var url = trigger("{\"operation\":\"SCALEUP\",\"name\":\"more\"}");
    var called = call(url + "2/", "");
    assertThat(called.statusCode()).as(called.body()).isEqualTo(202);
    var seen = json(send("PATCH", path, "{}"));
    assertThat(seen.path("target_num_containers").asInt()).isEqualTo(3);
    assertThat(seen.path("state").asString()).isEqualTo("Scaling");
    assertThat(call(url + "0/", "").statusCode()).isEqualTo(400);
    var many = call(url + "1000/", "");
    assertThat(many.statusCode()).isEqualTo(400);
    assertThat(error(many)).isEqualTo("target_num_containers must be at most 1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"operation\":\"STOP\"} | operation must be REDEPLOY or SCALEUP",
        "{\"operation\":7} | operation must be REDEPLOY or SCALEUP",
        "{\"name\":7} | name must be text of 1 to 255 characters in one line",
        "{\"name\":\" \"} | name must be text of 1 to 255 characters in one line",
      })
  void isRefusedIfItIsNoTrigger(String body, String message) {
    var answer = send("POST", path + "trigger/", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo(message);
  }

  @Test
  void doesNotExistUnderAnyOtherName() {
    var known = trigger("{}").split("/")[8];
    var paths =
        Map.of(
            path + "trigger/0c000000-0000-4000-8000-00000000000c/call/", 404,
            path + "trigger/x/call/", 404,
            "/api/app/v1/service/0c000000-0000-4000-8000-00000000000c/trigger/" + known + "/call/",
                404);
    paths.forEach(
        (url, status) -> assertThat(call(url, "").statusCode()).as(url).isEqualTo(status));
    assertThat(call(path + "trigger/", "{}").statusCode()).isEqualTo(401);
    var large = call(path + "trigger/" + known + "/call/", "x".repeat(70_000));
    assertThat(large.statusCode()).isEqualTo(413);
  }
}
