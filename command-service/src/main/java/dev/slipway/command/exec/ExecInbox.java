package dev.slipway.command.exec;

import dev.slipway.command.exec.ExecActions.BeginExec;
import dev.slipway.command.exec.ExecActions.EndExec;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.Readable;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Follows the sessions that query services relay, and has each recorded as an action. Of one whose
 * query service has died nothing is heard any more: after a while it counts as over.
 */
public final class ExecInbox {

  private static final String PART = "exec-inbox";
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

  private final Commands commands;
  private final KafkaClients kafka;
  private final JdbcTemplate jdbc;

  public ExecInbox(Commands commands, KafkaClients kafka, JdbcTemplate jdbc) {
    this.commands = commands;
    this.kafka = kafka;
    this.jdbc = jdbc;
  }

  /** Reads until the worker stops. Offsets are committed after the commands. */
  public void read(BackgroundTask worker) {
    try (var consumer = kafka.consumer("slipway-exec-actions")) {
      consumer.subscribe(List.of(Topics.EXEC_REQUESTS.topic()));
      while (worker.isRunning()) {
        var records = consumer.poll(Duration.ofMillis(500));
        Readable.of(records, ExecInbox::request).forEach(this::take);
        if (!records.isEmpty()) {
          consumer.commitSync();
        }
        endTheSilent();
      }
    }
  }

  private static ExecRequest request(byte[] json) {
    var request = Wire.read(json, ExecRequest.class);
    Objects.requireNonNull(request.session());
    switch (request) {
      case ExecRequest.Open open -> Objects.requireNonNull(open.asked());
      case ExecRequest.Refused refused -> Objects.requireNonNull(refused.asked());
      case ExecRequest.Typed _, ExecRequest.Read _, ExecRequest.Close _ -> {}
    }
    return request;
  }

  public void take(ExecRequest request) {
    var action = new ActionId(request.session());
    switch (request) {
      case ExecRequest.Open open -> {
        var asked = new Asked(action, open.asked());
        commands.send(new BeginExec(asked), action, asked);
      }
      case ExecRequest.Refused refused -> {
        var asked = new Asked(action, refused.asked());
        commands.send(new BeginExec(asked), action, asked);
        commands.send(new EndExec(action, refused.problem()), action, PART);
      }
      case ExecRequest.Close close ->
          commands.send(new EndExec(action, close.problem()), action, PART);
      case ExecRequest.Read _ ->
          jdbc.update(
              "UPDATE exec_sessions SET heard = now()"
                  + " WHERE action = ? AND heard < now() - interval '10 seconds'",
              action.value());
      case ExecRequest.Typed _ -> {}
    }
  }

  void endTheSilent() {
    jdbc.queryForList(
            "SELECT action FROM exec_sessions WHERE heard < now() - make_interval(secs => ?)",
            String.class,
            LONGEST_SILENCE.toSeconds())
        .forEach(
            action ->
                commands.send(
                    new EndExec(new ActionId(action), "nothing is heard of it any more"),
                    action,
                    PART));
  }
}
