package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Moments;
import dev.slipway.cli.output.SafeText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway logs}: the lines of a service or a container. */
final class LogsCommand {

  private static final String[] COLOURS = {"36", "33", "32", "35", "34", "96", "93", "92"};

  private LogsCommand() {}

  static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "logs",
            "Print the lines that the containers of a service wrote.",
            call -> run(call, target(call)))
        .argument("SERVICE|CONTAINER", ServiceCommands.NAMED)
        .flag("-f,--follow", "Go on with lines that come.")
        .option("--tail", "N", "How many of the last lines (300).")
        .option("--since", "MOMENT", "Only later lines; a moment, or a span such as 10m.")
        .option("--until", "MOMENT", "Only earlier lines.")
        .option("--grep", "TEXT", "Only lines that contain this.")
        .flag("-t,--timestamps", "Print when each line was written.")
        .option("-o,--output", "FORMAT", "How to print: table, or json with one object a line.")
        .spec();
  }

  /** A service of that name, else a container. */
  private static String target(Call call) {
    var name = call.argument(0);
    try {
      return Finder.services(call.api()).path(name, true);
    } catch (Failure none) {
      if (none.code() != Failure.NOT_FOUND) {
        throw none;
      }
      try {
        return Finder.containers(call.api()).path(name, true);
      } catch (Failure neither) {
        throw neither.code() == Failure.NOT_FOUND ? none : neither;
      }
    }
  }

  static int run(Call call, String resource) {
    var lines = new Printer(call);
    return Following.run(
        call, resource + "logs/" + query(call), call.flag("--follow"), lines::print);
  }

  private static String query(Call call) {
    var query = new StringBuilder("?format=sse&follow=").append(call.flag("--follow"));
    add(query, "tail", call.text("--tail"));
    add(query, "grep", call.text("--grep"));
    var since = call.text("--since");
    var until = call.text("--until");
    add(query, "since", since == null ? null : Moments.asked(since, call.now()));
    add(query, "until", until == null ? null : Moments.asked(until, call.now()));
    return query.toString();
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(Api.encode(value));
    }
  }

  /** Prints lines with the name of their container in a colour of its own. */
  private static final class Printer {

    private final Call call;
    private final boolean json;
    private final boolean dated;
    private final boolean colours;

    Printer(Call call) {
      this.call = call;
      this.json = call.isJson();
      this.dated = call.flag("--timestamps");
      this.colours = call.screen().colours();
    }

    void print(String data) {
      var out = call.screen().out();
      if (json) {
        out.println(data);
        return;
      }
      var line = Json.MAPPER.readTree(data);
      var text = Json.text(line, "log");
      var clean = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      out.println(prefix(line) + SafeText.log(clean, colours));
    }

    private String prefix(JsonNode line) {
      var source = SafeText.line(Json.text(line, "source"));
      var when = dated ? Instant.ofEpochSecond(line.path("timestamp").asLong(0)) + " " : "";
      if (source.isEmpty()) {
        return when;
      }
      var name = source + " | ";
      return when
          + (colours
              ? "\u001b[%sm%s\u001b[0m"
                  .formatted(COLOURS[Math.floorMod(source.hashCode(), COLOURS.length)], name)
              : name);
    }
  }
}
