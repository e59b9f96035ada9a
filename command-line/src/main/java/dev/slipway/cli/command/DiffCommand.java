package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Preview;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Moments;
import dev.slipway.cli.output.SafeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway diff} and {@code slipway stack diff}. */
final class DiffCommand {

  private DiffCommand() {}

  static CommandSpec ofService(Environment around) {
    return Definition.of(
            around,
            "diff",
            "Show what differs between two versions or moments.",
            DiffCommand::ofService)
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .argument("FROM", "A version, a moment, or a span such as 2h.")
        .optionalArgument("TO", "The same; now if not given.")
        .prints()
        .spec();
  }

  private static int ofService(Call call) {
    var to = call.optionalArgument(2);
    return print(
        call,
        Finder.services(call.api()).path(call.argument(0)),
        Moments.asked(call.argument(1), call.now()),
        to == null ? null : Moments.asked(to, call.now()));
  }

  /** Prints the differences between two versions of a service or stack. */
  static int print(Call call, String resource, String from, @Nullable String to) {
    var path =
        "%sdiff/?from=%s%s"
            .formatted(resource, Api.encode(from), to == null ? "" : "&to=" + Api.encode(to));
    var diff = call.api().find(path);
    if (diff == null) {
      throw Failure.usage("this server is older and compares no versions; see: slipway history");
    }
    if (call.isJson()) {
      call.screen().json(diff);
      return 0;
    }
    call.screen()
        .note(
            "version %s → %s"
                .formatted(
                    Json.text(diff.path("from"), "version"),
                    Json.text(diff.path("to"), "version")));
    var changes = Json.list(diff, "changes");
    var services = Json.list(diff, "services");
    changes.forEach(change -> call.screen().out().println(Preview.change(change, call.screen())));
    services.forEach(service -> print(service, call));
    if (changes.isEmpty() && services.isEmpty()) {
      call.screen().note("nothing differs");
    }
    return 0;
  }

  private static void print(JsonNode service, Call call) {
    var sign =
        switch (Json.text(service, "change")) {
          case "create" -> "+";
          case "terminate" -> "-";
          default -> "~";
        };
    call.screen().out().println(sign + " " + SafeText.line(Json.text(service, "name")));
    if (sign.equals("~")) {
      Json.list(service, "changes")
          .forEach(
              change -> call.screen().out().println("  " + Preview.change(change, call.screen())));
    }
  }
}
