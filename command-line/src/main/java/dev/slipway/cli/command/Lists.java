package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Lists of resources: filtered, printed, and printed again when something changes. */
final class Lists {

  private static final String TERMINATED = "Terminated";

  private Lists() {}

  /** Options that all lists have. */
  static Definition options(Definition definition) {
    return definition
        .prints()
        .watches()
        .option("--state", "STATE", "Only those in this state.")
        .option("--search", "TEXT", "Only those whose name or image contains this.")
        .flag("-a,--all", "Terminated ones too.");
  }

  /** Prints a list once, or again and again. */
  static int print(Call call, String path, List<String> filters, List<Column> columns) {
    return Watching.run(call, once -> once(once, path, filters, columns));
  }

  private static void once(Call call, String path, List<String> filters, List<Column> columns) {
    var found = fetch(call, path, filters);
    if (found.isEmpty() && !call.isJson()) {
      call.screen()
          .note(
              "None" + (filters.isEmpty() && call.text("--search") == null ? "." : " that match."));
      return;
    }
    call.screen().list(found, columns, call.layout());
  }

  /** Those that are asked for. Older servers know fewer filters: the rest is done here. */
  static List<JsonNode> fetch(Call call, String path, List<String> filters) {
    var asked = new ArrayList<>(filters);
    var state = call.text("--state");
    if (state != null) {
      asked.add("state=" + Api.encode(state));
    }
    var all = call.api().all(path + (asked.isEmpty() ? "" : "?" + String.join("&", asked)));
    return narrowed(call, all, state != null).toList();
  }

  private static Stream<JsonNode> narrowed(Call call, List<JsonNode> all, boolean byState) {
    var search = call.text("--search");
    var wanted = search == null ? "" : search.toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(one -> call.flag("--all") || byState || !Json.text(one, "state").equals(TERMINATED))
        .filter(
            one ->
                Stream.of("name", "nickname", "image_name", "action")
                    .anyMatch(
                        key -> Json.text(one, key).toLowerCase(Locale.ROOT).contains(wanted)));
  }
}
