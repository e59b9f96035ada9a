package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import dev.slipway.cli.output.SafeText;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One resource as a list of its attributes that are set. */
final class Details {

  private static final Set<String> LONG = Set.of("calculated_envvars", "link_variables", "body");
  private static final String NAME = "%-24s  %s";

  private Details() {}

  static int print(Call call, JsonNode one, List<Column> columns) {
    switch (call.layout().format()) {
      case JSON -> call.screen().json(one);
      case NAME -> call.screen().print(columns.getFirst().value().apply(one));
      case TABLE, WIDE -> {
        if (call.text("--columns") != null) {
          call.screen().list(List.of(one), columns, call.layout());
        } else {
          attributes(call, one);
        }
      }
    }
    return 0;
  }

  private static void attributes(Call call, JsonNode one) {
    boolean wide = call.layout().format() == dev.slipway.cli.output.Screen.Format.WIDE;
    one.properties().stream()
        .filter(attribute -> wide || isWorthShowing(attribute.getKey(), attribute.getValue()))
        .forEach(attribute -> attribute(call, attribute.getKey(), attribute.getValue()));
  }

  private static boolean isWorthShowing(String name, JsonNode value) {
    boolean empty = value.isNull() || value.isContainer() && value.isEmpty();
    return !empty && !LONG.contains(name) && !(value.isBoolean() && !value.asBoolean());
  }

  private static void attribute(Call call, String name, JsonNode value) {
    if (value.isArray() && !value.isEmpty()) {
      var label = name;
      for (var item : value) {
        call.screen().out().println(NAME.formatted(label, SafeText.line(item(item))));
        label = "";
      }
    } else {
      call.screen().out().println(NAME.formatted(name, SafeText.line(Json.text(value))));
    }
  }

  /** Pairs are shown as people write them. */
  private static String item(JsonNode item) {
    if (item.has("key") && item.has("value")) {
      return Json.text(item, "key") + "=" + Json.text(item, "value");
    }
    if (item.has("inner_port")) {
      var outer = Json.text(item, "outer_port");
      return "%s%s/%s"
          .formatted(
              outer.isEmpty() ? "" : outer + "→",
              Json.text(item, "inner_port"),
              Json.text(item, "protocol"));
    }
    return item.has("name") && item.size() <= 2 ? Json.text(item, "name") : Json.text(item);
  }
}
