package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Moments;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway events}: every change, as it happens. */
public final class EventsCommand {

  private EventsCommand() {}

  public static CommandSpec spec(Environment around) {
    return Definition.of(
            around, "events", "Print changes as they happen; Ctrl-C ends it.", EventsCommand::run)
        .option(
            "--since",
            "MOMENT|POSITION",
            "From then on: a moment, a span such as 10m, or the position of an event.")
        .option("--type", "TYPE", "Only those of service, container, stack, node or action.")
        .option("-o,--output", "FORMAT", "How to print: table, or json with one object a line.")
        .spec();
  }

  private static int run(Call call) {
    var query = new StringBuilder("?format=sse");
    var type = call.text("--type");
    if (type != null) {
      query.append("&type=").append(Api.encode(type));
    }
    var since = call.text("--since");
    if (since != null) {
      query.append("&since=").append(Api.encode(Moments.asked(since, call.now())));
    }
    var names = new ResourceNames(call);
    return Following.run(
        call, call.path("audit/v1", "events") + query, true, data -> print(call, names, data));
  }

  private static void print(Call call, ResourceNames names, String data) {
    if (call.isJson()) {
      call.screen().out().println(data);
      return;
    }
    var event = Json.MAPPER.readTree(data);
    call.screen()
        .print(
            "%-8s  %-9s  %-6s  %-24s  %s"
                .formatted(
                    Columns.local(call, Json.text(event, "datetime")),
                    Json.text(event, "type"),
                    Json.text(event, "action"),
                    names.of(Json.text(event, "resource_uri")),
                    Json.text(event, "state")));
  }
}
