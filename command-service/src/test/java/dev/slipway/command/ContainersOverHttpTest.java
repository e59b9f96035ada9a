package dev.slipway.command;

import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.bean;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.events;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.runs;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.history.ActionLog;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.Secret;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One container of a service, started, stopped, put anew and taken away. */
@ExtendWith(OneCommandService.class)
class ContainersOverHttpTest {

  private static final String CONTAINERS = "/api/app/v1/container/";

  private ServiceId service;
  private ContainerId first;

  @BeforeAll
  static void aNode() {
    OneCommandService.withNode();
  }

  @BeforeEach
  void aServiceThatRuns() {
    var json = created("{\"image\":\"demo/hello\",\"target_num_containers\":2}");
    service = new ServiceId(json.path("uuid").asString());
    first = ContainerId.of(service, 1, 1);
    var started = send("POST", json.path("resource_uri").asString() + "start/", "");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    runs(service.value());
  }

  private String path(String verb) {
    return CONTAINERS + first + "/" + verb;
  }

  private void report(ContainerReport report) {
    bean(Commands.class).send(new ReportContainers(service, List.of(report)), service, "test");
  }

  private static NodeId node() {
    return new NodeId(OneCommandService.NODE);
  }

  private static Action logged(String actionUri) {
    return new ActionLog(jdbc()).find(new ActionId(actionUri.split("/")[5])).orElseThrow();
  }

  @Test
  void isStoppedAndStartedAgain() {
    var stopped = send("POST", path("stop/"), "");
    assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(202);
    assertThat(json(stopped).path("uuid").asString()).isEqualTo(first.value());
    assertThat(json(stopped).path("state").asString()).isEqualTo("Stopping");
    var action = logged(action(stopped));
    assertThat(action.state()).isEqualTo(ActionState.IN_PROGRESS);
    assertThat(action.request().name()).isEqualTo("Container Stop");
    assertThat(action.request().object()).isEqualTo("/api/app/v1/admin/container/" + first + "/");
    report(new ContainerReport.Exited(service, first, node(), Instant.now(), 1, 143, false, null));
    assertThat(logged(action(stopped)).state()).isEqualTo(ActionState.SUCCESS);
    var started = send("POST", path("start/"), "");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    assertThat(json(started).path("state").asString()).isEqualTo("Starting");
  }

  @Test
  void isRefusedWhileItsServiceIsBusyOrTheStateIsWrong() {
    var wrong = send("POST", path("start/"), "");
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(error(wrong)).contains("start container " + first, "it is Running");
    assertThat(logged(action(wrong)).state()).isEqualTo(ActionState.FAILED);
    assertThat(send("POST", path("stop/"), "").statusCode()).isEqualTo(202);
    assertThat(error(send("DELETE", path(""), ""))).contains("its stop is under way");
    var ofService = send("POST", "/api/app/v1/service/" + service + "/redeploy/", "");
    assertThat(ofService.statusCode()).isEqualTo(409);
    assertThat(error(ofService)).contains("the stop of its container");
  }

  @Test
  void isPutAnewAndTheOldOneIsNoMore() {
    var redeployed = send("POST", path("redeploy/?reuse_volumes=False"), "");
    assertThat(redeployed.statusCode()).as(redeployed.body()).isEqualTo(202);
    assertThat(json(redeployed).path("state").asString()).isEqualTo("Terminating");
    report(new ContainerReport.Removed(service, first, node(), Instant.now()));
    assertThat(logged(action(redeployed)).state()).isEqualTo(ActionState.IN_PROGRESS);
    runs(service.value());
    assertThat(logged(action(redeployed)).state()).isEqualTo(ActionState.SUCCESS);
    assertThat(send("POST", path("stop/"), "").statusCode()).isEqualTo(404);
    assertThat(send("POST", CONTAINERS + ContainerId.of(service, 1, 2) + "/stop", "").statusCode())
        .isEqualTo(202);
    var wrong =
        send(
            "POST",
            CONTAINERS + ContainerId.of(service, 2, 1) + "/redeploy",
            "{\"reuse_volumes\":3}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(error(wrong)).isEqualTo("reuse_volumes must be true or false");
  }

  @Test
  void isTerminatedAndTheRestGoesOn() {
    var gone = send("DELETE", path(""), "");
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(202);
    report(new ContainerReport.Removed(service, first, node(), Instant.now()));
    assertThat(logged(action(gone)).state()).isEqualTo(ActionState.SUCCESS);
    var changed = send("PATCH", "/api/app/v1/service/" + service + "/", "{\"nickname\":\"x\"}");
    assertThat(json(changed).path("state").asString()).isEqualTo("Partly running");
    assertThat(json(changed).path("current_num_containers").asInt()).isEqualTo(1);
  }

  @Test
  void canBeGivenUpThroughItsAction() {
    var stopped = action(send("POST", path("stop/"), ""));
    var canceled = send("POST", stopped + "cancel/", "");
    assertThat(canceled.statusCode()).as(canceled.body()).isEqualTo(202);
    assertThat(json(canceled).path("reason").asString()).isEqualTo("canceled by admin");
    assertThat(count("SELECT count(*) FROM operations WHERE service = ?", service.value()))
        .isZero();
  }

  @Test
  void ofTheRoleGlobalHasALoginThatEndsWithIt() {
    var json = created("{\"image\":\"demo/hello\",\"roles\":[\"global\"]}");
    var global = new ServiceId(json.path("uuid").asString());
    var container = ContainerId.of(global, 1, 1);
    var _ = send("POST", json.path("resource_uri").asString() + "start/", "");
    runs(global.value());
    var placed =
        jdbc()
            .queryForObject(
                "SELECT payload FROM events WHERE aggregate_identifier = ?"
                    + " AND payload_type = 'ContainerPlaced'",
                String.class,
                global.value());
    var login = Pattern.compile("TutumAccessKey ([0-9a-f]{40})").matcher(String.valueOf(placed));
    assertThat(login.find()).as(placed).isTrue();
    var hash = KeyHash.of(new Secret(login.group(1))).value();
    var granted =
        "SELECT count(*) FROM events WHERE payload_type = 'TokenGranted' AND payload LIKE ?";
    assertThat(count(granted, "%" + hash + "%")).isEqualTo(1);
    var gone = send("DELETE", CONTAINERS + container + "/", "");
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(202);
    var removed = new ContainerReport.Removed(global, container, node(), Instant.now());
    bean(Commands.class).send(new ReportContainers(global, List.of(removed)), global, "test");
    assertThat(
            count(
                "SELECT count(*) FROM events WHERE payload_type = 'TokenRevoked'"
                    + " AND aggregate_identifier = ?",
                container.value()))
        .isEqualTo(1);
  }

  @Test
  void canBeForeseen() {
    long before = events();
    var foreseen = send("POST", path("stop/?dry_run=true"), "");
    assertThat(foreseen.statusCode()).as(foreseen.body()).isEqualTo(200);
    assertThat(json(foreseen).path("events").valueStream().map(e -> e.path("type").asString()))
        .containsExactly("ContainerOperationBegun", "ContainerStopRequested");
    assertThat(events()).isEqualTo(before);
  }

  @Test
  void doesNotExistUnderAnyOtherName() {
    for (var unknown : List.of("x", "0c000000-0000-4000-8000-00000000000c")) {
      var answer = send("POST", CONTAINERS + unknown + "/start/", "");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(error(answer)).isEqualTo("container " + unknown + " does not exist");
    }
  }
}
