package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Waiting;
import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import dev.slipway.cli.output.Moments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code slipway top}: containers with what they use, live. */
public final class TopCommand {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private TopCommand() {}

  public static CommandSpec spec(Environment around) {
    return Definition.of(
            around,
            "top",
            "Show services and containers with CPU, memory and restarts, live.",
            TopCommand::run)
        .flag("--once", "Print once, and end.")
        .option("--interval", "SPAN", "How often to print (2s).")
        .option("--service", "NAME", "Only containers of this service.")
        .prints()
        .spec();
  }

  private static int run(Call call) {
    boolean once = call.flag("--once") || !call.environment().terminal().output() && !call.isJson();
    var pause = call.span("--interval", PAUSE);
    while (true) {
      var found = containers(call);
      if (!once) {
        Watching.clear(call);
      }
      head(call, found);
      call.screen().list(found, columns(call), call.layout());
      call.screen().flush();
      if (once) {
        return 0;
      }
      Waiting.sleep(pause.toMillis());
    }
  }

  private static List<JsonNode> containers(Call call) {
    var service = call.text("--service");
    var path =
        call.path("app/v1", "container")
            + (service == null ? "" : "?service__name=" + Api.encode(service));
    var found = new ArrayList<JsonNode>();
    for (var one : call.api().all(path)) {
      if (!Json.text(one, "state").equals("Terminated")) {
        found.add(one);
      }
    }
    found.sort(
        Comparator.comparingDouble((JsonNode one) -> -metric(one).path("cpu_percent").asDouble(0)));
    return found;
  }

  private static JsonNode metric(JsonNode container) {
    return container.path("last_metric");
  }

  private static void head(Call call, List<JsonNode> found) {
    if (call.isJson() || "name".equals(call.text("--output"))) {
      return;
    }
    Map<String, Integer> states = new HashMap<>();
    found.forEach(one -> states.merge(Json.text(one, "state"), 1, Integer::sum));
    call.screen().print("%d containers %s".formatted(found.size(), states));
  }

  private static List<Column> columns(Call call) {
    var nodes = Names.nodes(call);
    return List.of(
        Columns.plain("name", "name"),
        Columns.plain("state", "state"),
        Column.of("node", one -> nodes.of(Json.text(one, "node"))),
        Column.of("cpu", one -> percent(metric(one).path("cpu_percent"))),
        Column.of("memory", one -> Columns.bytes(metric(one).path("memory_bytes").asLong(0))),
        Column.of("limit", one -> Columns.bytes(metric(one).path("memory_limit_bytes").asLong(0))),
        Columns.plain("restarts", "restart_count"),
        Column.of("since", one -> Moments.ago(Json.text(one, "started_datetime"), call.now())));
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? "%.1f %%".formatted(value.asDouble()) : "-";
  }
}
