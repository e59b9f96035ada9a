package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Waiting;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.SafeText;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway action}. */
public final class ActionCommands {

  private static final String ACTION = "ACTION";
  private static final String NAMED = "Uuid or its beginning.";

  private ActionCommands() {}

  public static CommandSpec group(Environment around) {
    return Definition.group(
        "action",
        "Lists what was asked, by whom, why, and how it ended.",
        List.of(
            list(around),
            show(around),
            logs(around),
            send(around, "cancel", "End the work of an action as failed."),
            send(around, "retry", "Ask for the same once more."),
            await(around)));
  }

  private static CommandSpec list(Environment around) {
    return Definition.of(around, "ls", "List actions, newest first.", ActionCommands::list)
        .prints()
        .watches()
        .option("--limit", "N", "How many (25).")
        .option("--state", "STATE", "Only those in this state, such as Failed.")
        .option("--service", "NAME", "Only those of this service.")
        .spec();
  }

  private static int list(Call call) {
    var query = new StringBuilder("?limit=").append(Math.min(100, call.number("--limit", 25)));
    var state = call.text("--state");
    if (state != null) {
      query.append("&state=").append(Api.encode(state));
    }
    var service = call.text("--service");
    if (service != null) {
      query.append("&object=").append(Api.encode(Finder.services(call.api()).path(service)));
    }
    var names = new ResourceNames(call);
    var columns = Columns.actions(call, names);
    return Watching.run(
        call,
        _ ->
            call.screen()
                .list(
                    Json.list(call.api().get(call.path("audit/v1", "action") + query), "objects"),
                    columns,
                    call.layout()));
  }

  private static String path(Call call) {
    return Finder.actions(call.api()).path(call.argument(0));
  }

  private static CommandSpec show(Environment around) {
    var spec =
        Definition.of(
                around,
                "show",
                "Show an action.",
                call ->
                    Details.print(
                        call,
                        call.api().get(path(call)),
                        Columns.actions(call, new ResourceNames(call))))
            .argument(ACTION, NAMED)
            .prints()
            .spec();
    spec.aliases("inspect");
    return spec;
  }

  private static CommandSpec logs(Environment around) {
    return Definition.of(around, "logs", "Print what happened in an action.", ActionCommands::logs)
        .argument(ACTION, NAMED)
        .flag("-f,--follow", "Go on until the action has ended.")
        .option("-o,--output", "FORMAT", "How to print: table, or json with one object a line.")
        .spec();
  }

  private static int logs(Call call) {
    var path = path(call) + "logs/?format=sse&follow=" + call.flag("--follow");
    return Following.run(
        call,
        path,
        false,
        data -> {
          var line = Json.MAPPER.readTree(data);
          var text = Json.text(line, "log");
          call.screen()
              .out()
              .println(call.isJson() ? data : SafeText.log(text.stripTrailing(), false));
        });
  }

  private static CommandSpec send(Environment around, String verb, String description) {
    return Definition.of(around, verb, description, call -> send(call, verb))
        .argument(ACTION, NAMED)
        .option("--why", "TEXT", "The reason, kept in the history.")
        .flag("-d,--detach", "Do not wait for the end.")
        .option("--timeout", "SPAN", "How long to wait for the end (10m).")
        .prints()
        .spec();
  }

  private static int send(Call call, String verb) {
    var why = call.text("--why");
    var answer =
        call.api()
            .require(
                call.api()
                    .send(
                        "POST",
                        path(call) + verb + "/",
                        null,
                        why == null ? Map.of() : Map.of("X-Change-Reason", why)));
    var action = answer.header("x-dockercloud-action-uri");
    if (verb.equals("retry") && action != null && !call.flag("--detach")) {
      new Waiting(call, "action " + call.argument(0)).forAction(action);
    } else {
      call.screen()
          .note("action %s: %s".formatted(call.argument(0), Json.text(answer.json(), "state")));
    }
    return 0;
  }

  private static CommandSpec await(Environment around) {
    return Definition.of(
            around,
            "wait",
            "Wait for the end of an action; ends with 1 if it failed, 7 if it goes on.",
            ActionCommands::await)
        .argument(ACTION, NAMED)
        .option("--timeout", "SPAN", "How long to wait (10m).")
        .spec();
  }

  private static int await(Call call) {
    new Waiting(call, "action " + call.argument(0)).forAction(path(call));
    return 0;
  }
}
