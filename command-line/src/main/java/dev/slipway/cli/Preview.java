package dev.slipway.cli;

import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Screen;
import dev.slipway.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The effect of a write, taken from its dry run, in lines for people. */
public final class Preview {

  private static final int GREEN = 32;
  private static final int RED = 31;
  private static final int YELLOW = 33;

  private final JsonNode answer;

  public Preview(JsonNode answer) {
    this.answer = answer;
  }

  /** Whether containers would be replaced, stopped or removed, or services terminated. */
  public boolean interrupts() {
    return steps().stream()
            .anyMatch(step -> Json.text(step, "action").matches("replace|stop|remove"))
        || Json.list(answer, "events").stream()
            .anyMatch(one -> Json.text(one, "type").matches("Container(Stop|Removal)Requested"))
        || services().stream().anyMatch(one -> Json.text(one, "change").equals("terminate"));
  }

  public boolean isEmpty() {
    return steps().isEmpty()
        && Json.list(answer, "changes").isEmpty()
        && services().stream().allMatch(one -> Json.text(one, "change").matches("unchanged|kept"));
  }

  private List<JsonNode> services() {
    return Json.list(answer, "services");
  }

  private List<JsonNode> steps() {
    var steps = new ArrayList<>(Json.list(answer, "plan"));
    services().forEach(one -> steps.addAll(Json.list(one, "plan")));
    return steps;
  }

  public List<String> lines(Screen screen) {
    var lines = new ArrayList<String>();
    services().forEach(one -> service(one, lines, screen));
    changes(answer, "  ", lines, screen);
    if (services().isEmpty()) {
      Json.list(answer, "plan").forEach(step -> step(step, lines, screen));
    }
    if (!answer.has("plan")) {
      Json.list(answer, "placements").forEach(one -> placement(one, lines, screen));
      Json.list(answer, "events").stream()
          .map(one -> Json.text(one, "type"))
          .distinct()
          .forEach(type -> lines.add("    event " + SafeText.line(type)));
    }
    Json.list(answer, "warnings")
        .forEach(one -> lines.add(screen.paint(YELLOW, "  ! " + SafeText.line(Json.text(one)))));
    var summary = Json.text(answer, "summary");
    if (!summary.isEmpty()) {
      lines.add("  " + SafeText.line(summary));
    }
    return lines;
  }

  /** One service of a stack: what becomes of it, and which attributes change. */
  private static void service(JsonNode service, List<String> lines, Screen screen) {
    var change = Json.text(service, "change");
    var name = SafeText.line(Json.text(service, "name"));
    switch (change) {
      case "create" -> lines.add(screen.paint(GREEN, "  + " + name) + "  new");
      case "terminate" -> lines.add(screen.paint(RED, "  - " + name) + "  is terminated");
      case "kept" -> lines.add("    " + name + "  not in the file, kept (remove it with --prune)");
      case "unchanged" -> lines.add("    " + name + "  unchanged");
      default -> lines.add(screen.paint(YELLOW, "  ~ " + name));
    }
    if (change.equals("update")) {
      changes(service, "      ", lines, screen);
    }
    Json.list(service, "plan").forEach(step -> step(step, lines, screen));
  }

  private static void changes(JsonNode from, String indent, List<String> lines, Screen screen) {
    Json.list(from, "changes").forEach(change -> lines.add(indent + change(change, screen)));
  }

  /** An attribute before and after, such as {@code ~ image a → b}. */
  public static String change(JsonNode change, Screen screen) {
    var attribute = SafeText.line(Json.text(change, "attribute"));
    var before = brief(change.path("from"));
    var after = brief(change.path("to"));
    if (isNone(change.path("from"))) {
      return screen.paint(GREEN, "+ " + attribute) + "  " + after;
    }
    if (isNone(change.path("to"))) {
      return screen.paint(RED, "- " + attribute) + "  " + before;
    }
    return screen.paint(YELLOW, "~ " + attribute) + "  " + before + " → " + after;
  }

  private static boolean isNone(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  private static String brief(JsonNode value) {
    var text = Json.text(value);
    return Table.cut(SafeText.line(text.isEmpty() ? "\"\"" : text), 200);
  }

  /** Older servers show no plan, only where containers would go or why none takes them. */
  private static void placement(JsonNode one, List<String> lines, Screen screen) {
    var reason = Json.text(one, "reason");
    var slot = Json.text(one, "slot");
    if (reason.isEmpty()) {
      lines.add(
          "    place %s on %s"
              .formatted(slot, SafeText.line(Json.first(one, "node_name", "node"))));
    } else {
      lines.add(screen.paint(RED, "    " + SafeText.line(reason)));
      refusals(one, lines);
    }
  }

  private static void refusals(JsonNode refused, List<String> lines) {
    for (var one : Json.list(refused, "refusals")) {
      lines.add(
          "         %s  %s"
              .formatted(
                  SafeText.line(Json.first(one, "node_name", "node")),
                  SafeText.line(Json.text(one, "reason"))));
    }
  }

  private static void step(JsonNode step, List<String> lines, Screen screen) {
    var action = Json.text(step, "action");
    var name = SafeText.line(Json.text(step, "name"));
    var node = Json.text(step, "node_name");
    var order = Json.text(step, "order").replace('_', ' ');
    var line =
        "    %s. %-7s %s%s%s%s"
            .formatted(
                Json.text(step, "step"),
                action,
                name,
                node.isEmpty() ? "" : " on " + SafeText.line(node),
                order.isEmpty() ? "" : ", " + order,
                Json.flag(step, "erases_volumes") ? ", erases its volumes" : "");
    lines.add(action.equals("remove") ? screen.paint(RED, line) : line);
    var refused = step.path("refused");
    if (refused.isObject()) {
      lines.add(screen.paint(RED, "       " + SafeText.line(Json.text(refused, "reason"))));
      refusals(refused, lines);
    }
  }
}
