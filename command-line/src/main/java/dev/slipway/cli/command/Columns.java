package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Column;
import dev.slipway.cli.output.Moments;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Columns of the lists. */
final class Columns {

  private Columns() {}

  static Column plain(String name, String key) {
    return Column.of(name, one -> Json.text(one, key));
  }

  static Column wide(String name, String key) {
    return Column.wide(name, one -> Json.text(one, key));
  }

  static List<Column> services(Function<String, String> stacks) {
    return List.of(
        plain("name", "name"),
        plain("state", "state"),
        Column.of("running", Columns::running),
        plain("image", "image_name"),
        Column.of("stack", one -> stacks.apply(Json.text(one, "stack"))),
        Column.of("ports", Columns::ports),
        wide("uuid", "uuid"),
        Column.wide("synchronized", one -> Json.flag(one, "synchronized") ? "yes" : "no"));
  }

  static String running(JsonNode service) {
    return Json.number(service, "running_num_containers")
        + "/"
        + Json.number(service, "target_num_containers");
  }

  /** Published ports, such as {@code 8080→80/tcp}. */
  static String ports(JsonNode one) {
    return Json.list(one, "container_ports").stream()
        .filter(port -> Json.flag(port, "published"))
        .map(
            port ->
                "%s→%s/%s"
                    .formatted(
                        Json.text(port, "outer_port").isEmpty()
                            ? "*"
                            : Json.text(port, "outer_port"),
                        Json.text(port, "inner_port"),
                        Json.text(port, "protocol")))
        .collect(Collectors.joining(" "));
  }

  static List<Column> containers(Call call, Function<String, String> nodes) {
    return List.of(
        plain("name", "name"),
        plain("state", "state"),
        Column.of("node", one -> nodes.apply(Json.text(one, "node"))),
        plain("image", "image_name"),
        Column.of("since", one -> Moments.ago(since(one), call.now())),
        Column.of("exit", one -> Json.text(one, "exit_code")),
        Column.of("ports", Columns::ports),
        wide("restarts", "restart_count"),
        wide("health", "health"),
        wide("waiting", "waiting_reason"),
        wide("uuid", "uuid"));
  }

  private static String since(JsonNode container) {
    return Json.text(container, "state").equals("Stopped")
        ? Json.first(container, "stopped_datetime", "started_datetime")
        : Json.first(container, "started_datetime", "deployed_datetime");
  }

  static List<Column> stacks() {
    return List.of(
        plain("name", "name"),
        plain("state", "state"),
        Column.of("services", one -> String.valueOf(Json.list(one, "services").size())),
        Column.of("synchronized", one -> Json.flag(one, "synchronized") ? "yes" : "no"),
        wide("uuid", "uuid"));
  }

  static List<Column> nodes() {
    return List.of(
        Column.of("name", one -> Json.first(one, "nickname", "uuid")),
        plain("state", "state"),
        plain("containers", "current_num_containers"),
        Column.of(
            "tags",
            one ->
                Json.list(one, "tags").stream()
                    .map(tag -> Json.first(tag, "name"))
                    .collect(Collectors.joining(" "))),
        plain("engine", "docker_version"),
        Column.of("drain", one -> Json.first(one.path("drain"), "state", "reason")),
        wide("address", "public_ip"),
        wide("cpus", "cpu"),
        Column.wide("memory", one -> Json.text(one, "memory") + " MB"),
        wide("uuid", "uuid"));
  }

  static List<Column> actions(Call call, ResourceNames names) {
    return List.of(
        Column.of("id", one -> brief(Json.text(one, "uuid"))),
        plain("action", "action"),
        plain("state", "state"),
        Column.of("object", one -> names.of(Json.text(one, "object"))),
        Column.of("when", one -> local(call, Json.first(one, "created", "start_date"))),
        plain("who", "user"),
        wide("ip", "ip"),
        plain("why", "change_reason"),
        wide("result", "reason"),
        wide("uuid", "uuid"));
  }

  static String local(Call call, String date) {
    return Moments.local(date, call.now(), zone(call));
  }

  /** The zone of the terminal; tests and scripts set TZ. */
  private static ZoneId zone(Call call) {
    var zone = call.environment().variable("TZ");
    try {
      return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
    } catch (java.time.DateTimeException unknown) {
      return ZoneId.systemDefault();
    }
  }

  static String brief(String uuid) {
    return uuid.length() > 8 ? uuid.substring(0, 8) : uuid;
  }

  static String bytes(long bytes) {
    if (bytes <= 0) {
      return "";
    }
    long mega = bytes / (1024 * 1024);
    return mega < 10 * 1024 ? mega + " MB" : mega / 1024 + " GB";
  }
}
