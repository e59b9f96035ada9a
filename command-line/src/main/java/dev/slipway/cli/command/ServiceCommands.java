package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Finder;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import dev.slipway.cli.output.Moments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway service}. */
public final class ServiceCommands {

  static final String SERVICE = "SERVICE";
  static final String NAMED = "Name, name.stack, uuid or its beginning.";

  private ServiceCommands() {}

  public static CommandSpec group(Environment around) {
    var commands = new ArrayList<CommandSpec>();
    commands.add(list(around));
    commands.add(ps(around, "ps"));
    commands.add(show(around));
    commands.addAll(ServiceWrites.specs(around));
    Stream.of("logs", "exec", "why", "history", "diff", "restore")
        .forEach(name -> commands.add(shortcut(around, name)));
    commands.add(open(around));
    return Definition.group("service", "Lists, explains and changes services.", commands);
  }

  /** Commands that are so common that they stand at the top too. */
  public static CommandSpec shortcut(Environment around, String name) {
    return switch (name) {
      case "logs" -> LogsCommand.spec(around);
      case "exec" -> ExecCommand.spec(around);
      case "why" -> WhyCommand.spec(around);
      case "history" -> HistoryCommand.history(around);
      case "diff" -> DiffCommand.ofService(around);
      case "restore" -> HistoryCommand.restore(around);
      default -> throw new IllegalArgumentException(name);
    };
  }

  static String path(Call call) {
    return call.path("app/v1", "service");
  }

  private static CommandSpec list(Environment around) {
    return Lists.options(
            Definition.of(
                around,
                "ls",
                "List services.",
                call -> Lists.print(call, path(call), filters(call), columns(call))))
        .option("--stack", "NAME", "Only those of this stack.")
        .spec();
  }

  private static List<String> filters(Call call) {
    var stack = call.text("--stack");
    return stack == null ? List.of() : List.of("stack__name=" + Api.encode(stack));
  }

  private static List<Column> columns(Call call) {
    return Columns.services(Names.stacks(call)::of);
  }

  /** Services with who changed them last, and why. */
  public static CommandSpec ps(Environment around, String name) {
    return Lists.options(
            Definition.of(
                around,
                name,
                "List services with their last change: when, by whom and why.",
                ServiceCommands::ps))
        .option("--stack", "NAME", "Only those of this stack.")
        .spec();
  }

  private static int ps(Call call) {
    return Lists.print(call, path(call), filters(call), psColumns(call));
  }

  private static List<Column> psColumns(Call call) {
    var last = new HashMap<String, JsonNode>();
    var actions = call.api().get(call.path("audit/v1", "action") + "?limit=100");
    for (var action : Json.list(actions, "objects")) {
      last.putIfAbsent(Json.uuid(Json.text(action, "object")), action);
    }
    return List.of(
        Columns.plain("name", "name"),
        Columns.plain("state", "state"),
        Column.of("running", Columns::running),
        Columns.plain("image", "image_name"),
        Column.of(
            "changed",
            one -> Moments.ago(Json.first(of(last, one), "created", "start_date"), call.now())),
        Column.of("by", one -> Json.text(of(last, one), "user")),
        Column.of("why", one -> Json.text(of(last, one), "change_reason")),
        Columns.wide("uuid", "uuid"));
  }

  private static JsonNode of(Map<String, JsonNode> last, JsonNode service) {
    var action = last.get(Json.text(service, "uuid"));
    return action == null ? Json.object() : action;
  }

  private static CommandSpec show(Environment around) {
    var spec =
        Definition.of(around, "show", "Show a service, now or as it was.", ServiceCommands::show)
            .argument(SERVICE, NAMED)
            .option(
                "--at", "VERSION|MOMENT", "As it was: a version, a moment, or a span such as 2h.")
            .prints()
            .spec();
    spec.aliases("inspect");
    return spec;
  }

  private static int show(Call call) {
    var at = call.text("--at");
    var path = Finder.services(call.api()).path(call.argument(0));
    var query = at == null ? "" : "?at=" + Api.encode(Moments.asked(at, call.now()));
    return Details.print(call, call.api().get(path + query), columns(call));
  }

  private static CommandSpec open(Environment around) {
    return Definition.of(
            around,
            "open",
            "Print the addresses of a service's published ports.",
            ServiceCommands::open)
        .argument(SERVICE, NAMED)
        .spec();
  }

  private static int open(Call call) {
    var service = call.api().get(Finder.services(call.api()).path(call.argument(0)));
    var ports =
        Json.list(service, "container_ports").stream()
            .filter(one -> Json.flag(one, "published"))
            .toList();
    if (ports.isEmpty()) {
      call.screen()
          .note(
              "%s publishes no port. Publish one with: slipway service set %s -p 8080:80"
                  .formatted(Json.text(service, "name"), call.argument(0)));
      return dev.slipway.cli.Failure.FAILED;
    }
    ports.forEach(
        port ->
            call.screen()
                .print(
                    "http://localhost:%s/  (port %s of the container)"
                        .formatted(Json.text(port, "outer_port"), Json.text(port, "inner_port"))));
    return 0;
  }
}
