package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Finder;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Moments;
import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway why}: why a service is as it is. */
final class WhyCommand {

  private static final int RED = 31;
  private static final int GREEN = 32;
  private static final int YELLOW = 33;

  private WhyCommand() {}

  static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "why",
            "Explain the state of a service: slot by slot, and node by node what stands in the"
                + " way.",
            WhyCommand::run)
        .argument(ServiceCommands.SERVICE, ServiceCommands.NAMED)
        .prints()
        .watches()
        .spec();
  }

  private static int run(Call call) {
    var path = Finder.services(call.api()).path(call.argument(0)) + "why/";
    return Watching.run(call, _ -> print(call, call.api().get(path)));
  }

  private static void print(Call call, JsonNode why) {
    if (call.isJson()) {
      if (call.flag("--watch")) {
        call.screen().jsonLine(why);
      } else {
        call.screen().json(why);
      }
      return;
    }
    var name = Json.text(why, "name");
    var state = Json.text(why, "state");
    var summary = Json.text(why, "summary");
    var said = summary.startsWith(name) ? summary : "%s is %s: %s".formatted(name, state, summary);
    call.screen().out().println(call.screen().bold(SafeText.line(said)));
    slots(call, Json.list(why, "slots"));
    work(call, why);
    for (var problem : Json.list(why, "node_problems")) {
      call.screen().print("  node " + ofNode(problem));
    }
  }

  /** Reasons often begin with the node's name. */
  private static String ofNode(JsonNode refusal) {
    var node = Json.first(refusal, "node_name", "node");
    var reason = Json.text(refusal, "reason");
    return reason.startsWith(node + " ") ? reason : node + ": " + reason;
  }

  private static void slots(Call call, List<JsonNode> slots) {
    var table = new Table(List.of("", "", "", "", ""));
    slots.forEach(slot -> table.row(row(call, slot)));
    int width =
        call.environment().terminal().output() ? call.environment().terminal().columns() : 0;
    var lines =
        new ArrayList<>(table.lines(call.flag("--no-trunc") ? 0 : width))
            .subList(1, slots.size() + 1);
    for (int at = 0; at < slots.size(); at++) {
      call.screen()
          .out()
          .println(call.screen().paint(colour(Json.text(slots.get(at), "state")), lines.get(at)));
      for (var refusal : Json.list(slots.get(at), "refusals")) {
        call.screen().print("      " + ofNode(refusal));
      }
    }
  }

  private static List<String> row(Call call, JsonNode slot) {
    var node = Json.text(slot, "node_name");
    var waits = Json.text(slot, "waits_for");
    var reason = withoutName(Json.text(slot, "reason"), Json.text(slot, "name"));
    var since = Moments.parse(Json.text(slot, "since"));
    return List.of(
        "  " + Json.text(slot, "name"),
        Json.text(slot, "state").equals("None") ? "no container" : Json.text(slot, "state"),
        node.isEmpty() ? "" : "on " + node,
        since == null ? "" : "for " + Moments.brief(java.time.Duration.between(since, call.now())),
        (waits.isEmpty() ? "" : "waits for " + waits)
            + (waits.isEmpty() || reason.isEmpty() ? "" : "; ")
            + reason);
  }

  private static String withoutName(String reason, String name) {
    return reason.startsWith(name + ": ") ? reason.substring(name.length() + 2) : reason;
  }

  private static int colour(String state) {
    return switch (state) {
      case "Running" -> GREEN;
      case "Stopped", "None", "Terminated" -> RED;
      default -> YELLOW;
    };
  }

  private static void work(Call call, JsonNode why) {
    var now = why.path("operation");
    if (now.isObject()) {
      call.screen()
          .print(
              "  a %s goes on since %s, until %s at most; stop it with: slipway action cancel %s"
                  .formatted(
                      Json.text(now, "kind"),
                      Columns.local(call, Json.text(now, "since")),
                      Columns.local(call, Json.text(now, "deadline")),
                      Json.uuid(Json.text(now, "action"))));
    }
    for (var next : Json.list(why, "waiting_operations")) {
      call.screen().print("  a %s waits for it".formatted(Json.text(next, "kind")));
    }
    var last = why.path("last_operation");
    boolean said = Json.text(why, "summary").contains("the last ");
    if (!said && last.isObject() && !Json.flag(last, "success")) {
      call.screen()
          .print(
              "  the last %s failed at %s: %s"
                  .formatted(
                      Json.text(last, "kind"),
                      Columns.local(call, Json.text(last, "ended")),
                      Json.text(last, "reason")));
    }
  }
}
