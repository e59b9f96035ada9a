package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Finder;
import dev.slipway.cli.Write;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Commands of {@code slipway node} for containers that no record accounts for. */
final class UnownedCommands {

  private static final String NODE = "NODE";
  private static final String NODE_NAMED = "Name, uuid or its beginning.";
  private static final String CONTAINER = "CONTAINER";
  private static final String CONTAINER_NAMED = "Name or uuid, as the list has it.";

  private UnownedCommands() {}

  static List<CommandSpec> all(Environment around) {
    return List.of(list(around), adopt(around), remove(around));
  }

  private static CommandSpec list(Environment around) {
    return Definition.of(
            around,
            "unowned",
            "List containers of a node that no record accounts for.",
            UnownedCommands::list)
        .argument(NODE, NODE_NAMED)
        .prints()
        .spec();
  }

  private static int list(Call call) {
    var found = call.api().all(path(call));
    if (found.isEmpty() && !call.isJson()) {
      call.screen().note("None.");
    } else {
      call.screen().list(found, columns(), call.layout());
    }
    return 0;
  }

  private static List<Column> columns() {
    return List.of(
        Columns.plain("name", "name"),
        Columns.plain("uuid", "uuid"),
        Column.of("service", one -> Json.uuid(Json.text(one, "service"))),
        Columns.plain("slot", "slot"),
        Columns.plain("reason", "reason"));
  }

  private static CommandSpec adopt(Environment around) {
    return Definition.of(
            around,
            "adopt",
            "Give an unowned container to its service; it runs on.",
            call -> write(call, "adopt", false))
        .argument(NODE, NODE_NAMED)
        .argument(CONTAINER, CONTAINER_NAMED)
        .writes()
        .prints()
        .spec();
  }

  private static CommandSpec remove(Environment around) {
    return Definition.of(
            around,
            "remove-unowned",
            "Remove an unowned container; its volumes stay.",
            call -> write(call, "remove", true))
        .argument(NODE, NODE_NAMED)
        .argument(CONTAINER, CONTAINER_NAMED)
        .writes()
        .prints()
        .spec();
  }

  private static int write(Call call, String verb, boolean isCareful) {
    var path = path(call);
    var given = call.argument(1);
    var uuid = uuid(call, path, given);
    return new Write("POST", path + uuid + "/" + verb + "/", null, "container " + given, isCareful)
        .run(call);
  }

  private static String uuid(Call call, String path, String given) {
    var found =
        call.api().all(path).stream()
            .filter(
                one -> Json.text(one, "name").equals(given) || Json.text(one, "uuid").equals(given))
            .map(one -> Json.text(one, "uuid"))
            .toList();
    return switch (found.size()) {
      case 0 ->
          throw new Failure(
              Failure.NOT_FOUND,
              "node %s has no unowned container '%s'".formatted(call.argument(0), given));
      case 1 -> found.getFirst();
      default ->
          throw Failure.usage(
              "%d unowned containers are called '%s'; name one by its uuid"
                  .formatted(found.size(), given),
              found.toArray(String[]::new));
    };
  }

  private static String path(Call call) {
    return Finder.nodes(call.api()).path(call.argument(0)) + "unowned/";
  }
}
