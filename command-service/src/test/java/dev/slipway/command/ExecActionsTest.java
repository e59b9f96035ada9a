package dev.slipway.command;

import static dev.slipway.command.OneCommandService.bean;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.exec.ExecActions.BeginExec;
import dev.slipway.command.exec.ExecActions.EndExec;
import dev.slipway.command.exec.ExecInbox;
import dev.slipway.command.history.ActionLog;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.api.ActionResource;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceCommand.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands that are run by hand in containers leave actions. */
@ExtendWith(OneCommandService.class)
class ExecActionsTest {

  private final Asked asked =
      new Asked(
          new ActionId(Uuids.random()),
          new ActionRequest(
              new Namespace("admin"),
              "Container Exec",
              "/api/app/v1/admin/container/0c000000-0000-4000-8000-00000000000c/",
              "GET",
              "/api/app/v1/container/0c000000-0000-4000-8000-00000000000c/exec/?command=sh",
              "{\"command\":\"sh\"}",
              new Origin("admin", "127.0.0.1", "test", "a look around")));

  private void begin() {
    bean(Commands.class).send(new BeginExec(asked), asked.action(), asked);
  }

  private void end(String problem) {
    bean(Commands.class).send(new EndExec(asked.action(), problem), asked.action(), "test");
  }

  private Action logged() {
    return new ActionLog(jdbc()).find(asked.action()).orElseThrow();
  }

  @Test
  void goOnUntilTheSessionEndsHoweverOftenThatIsTold() {
    begin();
    begin();
    assertThat(logged().state()).isEqualTo(ActionState.IN_PROGRESS);
    assertThat(logged().request().origin().reason()).isEqualTo("a look around");
    end(null);
    end("told again");
    begin();
    assertThat(logged().state()).isEqualTo(ActionState.SUCCESS);
    assertThat(logged().version()).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM exec_sessions WHERE action = ?", asked.action().value()))
        .isZero();
  }

  @Test
  void sayWhyASessionCouldNotGoOn() {
    begin();
    end("there is no such program");
    assertThat(logged().state()).isEqualTo(ActionState.FAILED);
    assertThat(logged().reason()).isEqualTo("there is no such program");
  }

  @Test
  void sayWhyASessionWasRefused() {
    var session = asked.action().value();
    var refused =
        new ExecRequest.Refused(
            session, new NodeId(Uuids.random()), asked.request(), "exec is denied");
    var inbox = new ExecInbox(bean(Commands.class), bean(KafkaClients.class), jdbc());
    inbox.take(refused);
    inbox.take(refused);
    assertThat(logged().state()).isEqualTo(ActionState.FAILED);
    assertThat(logged().reason()).isEqualTo("exec is denied");
  }

  @Test
  void areNeitherCanceledNorRetried() {
    begin();
    assertThat(ActionResource.canBeCanceled(logged())).isFalse();
    end(null);
    assertThat(ActionResource.canBeRetried(logged())).isFalse();
    var answer = send("POST", "/api/audit/v1/action/" + asked.action() + "/retry/", "");
    assertThat(answer.statusCode()).isEqualTo(409);
  }
}
