package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import dev.slipway.cli.output.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway history}, {@code diff} and {@code restore}: the past of a service. */
final class HistoryCommand {

  private static final int DEFAULT_LIMIT = 20;
  private static final String DESCENDING = "order=desc&limit=";

  private HistoryCommand() {}

  static CommandSpec history(Environment around) {
    return Definition.of(
            around,
            "history",
            "List what happened to a service, newest first.",
            HistoryCommand::history)
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .option("--limit", "N", "How many events (20).")
        .option(
            "--type", "TYPES", "Only events of these types, such as ServiceUpdated,OperationEnded.")
        .option("--since", "MOMENT", "Only later ones; a moment, or a span such as 2h.")
        .option("--until", "MOMENT", "Only earlier ones.")
        .prints()
        .spec();
  }

  private static int history(Call call) {
    return list(call, Finder.services(call.api()).path(call.argument(0)));
  }

  static int ofStack(Call call) {
    return list(call, Finder.stacks(call.api()).path(call.argument(0)));
  }

  private static int list(Call call, String resource) {
    call.screen().list(events(call, resource + "history/"), columns(call), call.layout());
    return 0;
  }

  /**
   * Newest first. An older server knows no order: its whole history is read, and turned round here.
   */
  private static List<JsonNode> events(Call call, String path) {
    int limit = call.number("--limit", DEFAULT_LIMIT);
    var query = new StringBuilder(DESCENDING).append(Math.min(100, limit));
    filter(query, "type", call.text("--type"));
    for (var moment : List.of("since", "until")) {
      var given = call.text("--" + moment);
      filter(query, moment, given == null ? null : Moments.asked(given, call.now()));
    }
    var answer = call.api().send("GET", path + "?" + query, null, java.util.Map.of());
    if (answer.status() == 400 && answer.body().contains("order")) {
      if (call.text("--type") != null
          || call.text("--since") != null
          || call.text("--until") != null) {
        throw Failure.usage("this server is older and cannot filter the history");
      }
      var all = new ArrayList<>(call.api().all(path));
      return all.reversed().stream().limit(limit).toList();
    }
    var objects = new ArrayList<>(Json.list(call.api().require(answer).json(), "objects"));
    var next = Json.text(answer.json().path("meta"), "next");
    while (objects.size() < limit && !next.isEmpty()) {
      var page = call.api().get(next);
      objects.addAll(Json.list(page, "objects"));
      next = Json.text(page.path("meta"), "next");
    }
    return objects.stream().limit(limit).toList();
  }

  private static void filter(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(Api.encode(value));
    }
  }

  private static List<Column> columns(Call call) {
    return List.of(
        Columns.plain("version", "version"),
        Column.of("when", one -> Columns.local(call, Json.text(one, "datetime"))),
        Column.of(
            "who", one -> Json.text(one, "cause").equals("command") ? Json.text(one, "user") : "-"),
        Column.of("what", HistoryCommand::what),
        Column.of("why", one -> Json.text(one, "reason")),
        Columns.wide("type", "type"),
        Columns.wide("ip", "ip"),
        Columns.wide("action", "action"));
  }

  /** The type in words, and what changed. */
  private static String what(JsonNode event) {
    var words =
        Json.text(event, "type")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(java.util.Locale.ROOT);
    var changes =
        Json.list(event, "changes").stream()
            .filter(
                one ->
                    !Json.text(event, "type").equals("ServiceCreated")
                        || one.path("to").isValueNode())
            .map(HistoryCommand::change)
            .collect(Collectors.joining(", "));
    var all =
        Stream.concat(Stream.of(changes), services(event))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? words : words + ": " + all;
  }

  /**
   * The services that a version of a stack added, removed or changed: {@code + new, - gone, web:
   * …}.
   */
  private static Stream<String> services(JsonNode event) {
    return Json.list(event, "services").stream()
        .map(
            one -> {
              var name = Json.text(one, "name");
              return switch (Json.text(one, "change")) {
                case "create" -> "+ " + name;
                case "terminate" -> "- " + name;
                default -> name + ": " + changes(one);
              };
            });
  }

  private static String changes(JsonNode service) {
    return Json.list(service, "changes").stream()
        .map(HistoryCommand::change)
        .collect(Collectors.joining(", "));
  }

  private static String change(JsonNode change) {
    var from = Json.text(change, "from");
    var to = Json.text(change, "to");
    return "%s %s%s"
        .formatted(
            Json.text(change, "attribute"),
            from.isEmpty() ? "" : from + " → ",
            to.isEmpty() ? "none" : to);
  }

  static CommandSpec restore(Environment around) {
    return Definition.of(
            around,
            "restore",
            "Set a service back to an earlier version; its containers follow with --redeploy.",
            HistoryCommand::restore)
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .option("--to", "VERSION", "The version to go back to; slipway history lists them.")
        .flag("--redeploy", "Redeploy afterwards, so that containers are as the version says.")
        .writes()
        .prints()
        .spec();
  }

  private static int restore(Call call) {
    int version = Call.number("--to", target(call, "slipway history"));
    var path = Finder.services(call.api()).path(call.argument(0));
    int code = restore(call, path, "version=" + version, "service " + call.argument(0));
    if (code == 0 && !call.flag("--redeploy") && !call.flag("--dry-run")) {
      call.screen().note("Containers follow with: slipway service redeploy " + call.argument(0));
    }
    return code;
  }

  /** The text of the version to go back to, which must be given. */
  static String target(Call call, String history) {
    var to = call.text("--to");
    if (to == null) {
      throw Failure.usage(
          "say which version to go back to: --to VERSION",
          "List them with: %s %s".formatted(history, call.argument(0)));
    }
    return to;
  }

  /** Restores a service or stack, and redeploys it if the user wants that. */
  static int restore(Call call, String path, String query, String subject) {
    int code = new Write("POST", path + "restore/?" + query, null, subject, false).run(call);
    return code == 0 && call.flag("--redeploy") && !call.flag("--dry-run")
        ? new Write("POST", path + "redeploy/", null, subject, false).run(call)
        : code;
  }
}
