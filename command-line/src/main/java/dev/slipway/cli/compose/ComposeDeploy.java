package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The key {@code deploy}: size, updates, restarts and limits. */
final class ComposeDeploy {

  private static final int MAX_REPLICAS = 1_000;
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([kmgt]?)i?b?");

  private ComposeDeploy() {}

  static void convert(JsonNode deploy, ObjectNode body, Notes notes) {
    for (var key : deploy.properties()) {
      var value = key.getValue();
      switch (key.getKey()) {
        case "replicas" -> replicas("deploy.replicas", Json.text(value), body);
        case "mode" -> mode(Json.text(value), body, notes);
        case "update_config" -> update(value, body, notes);
        case "restart_policy" -> restart(value, body, notes);
        case "resources" -> resources(value, body, notes);
        case "labels" ->
            notes.add("deploy.labels", "is left out: only containers have labels, those of labels");
        default -> nested("deploy." + key.getKey(), value, notes);
      }
    }
  }

  /** Names each key below one that has no equivalent. */
  private static void nested(String place, JsonNode value, Notes notes) {
    if (value.isObject() && !value.isEmpty()) {
      value.propertyNames().forEach(key -> notes.without(place + "." + key));
    } else {
      notes.without(place);
    }
  }

  static void replicas(String key, String text, ObjectNode body) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MAX_REPLICAS) {
      throw Failure.usage(
          "services.%s.%s must be a number from 0 to %d (got \"%s\")"
              .formatted(Json.text(body, "name"), key, MAX_REPLICAS, text));
    }
    body.put("target_num_containers", Integer.parseInt(text));
  }

  private static void mode(String mode, ObjectNode body, Notes notes) {
    switch (mode) {
      case "replicated" -> {}
      case "global" -> body.put("deployment_strategy", "EVERY_NODE");
      default ->
          notes.add(
              "deploy.mode",
              "%s is taken as replicated: the containers are not jobs".formatted(mode));
    }
  }

  private static void update(JsonNode update, ObjectNode body, Notes notes) {
    for (var key : update.properties()) {
      var text = Json.text(key.getValue());
      var place = "deploy.update_config." + key.getKey();
      switch (key.getKey()) {
        case "order" -> body.put("deploy_order", text.replace('-', '_'));
        case "parallelism" -> parallelism(place, text, body);
        case "failure_action" -> failure(place, text, body, notes);
        default -> notes.without(place);
      }
    }
  }

  /** Compose's 0 replaces all at once. */
  private static void parallelism(String place, String text, ObjectNode body) {
    if (!text.matches("[0-9]{1,4}")) {
      throw Failure.usage("%s must be a number (got \"%s\")".formatted(place, text));
    }
    int number = Integer.parseInt(text);
    body.put(
        "deploy_batch",
        number == 0 ? Math.max(1, Json.number(body, "target_num_containers")) : number);
  }

  private static void failure(String place, String text, ObjectNode body, Notes notes) {
    switch (text) {
      case "rollback" -> body.put("deploy_rollback", true);
      case "pause" -> {}
      default ->
          notes.add(
              place,
              "%s is taken as pause: a redeploy ends when a container fails".formatted(text));
    }
  }

  private static void restart(JsonNode policy, ObjectNode body, Notes notes) {
    for (var key : policy.properties()) {
      if (!key.getKey().equals("condition")) {
        notes.without("deploy.restart_policy." + key.getKey());
      }
    }
    switch (policy.has("condition") ? Json.text(policy, "condition") : "any") {
      case "none" -> body.put("restart", "no");
      case "on-failure" -> body.put("restart", "on-failure");
      default -> body.put("restart", "always");
    }
  }

  private static void resources(JsonNode resources, ObjectNode body, Notes notes) {
    for (var key : resources.properties()) {
      boolean limits = key.getKey().equals("limits");
      for (var limit : key.getValue().properties()) {
        if (limits && limit.getKey().equals("memory")) {
          memory("mem_limit", limit.getValue(), body);
        } else {
          notes.without("deploy.resources.%s.%s".formatted(key.getKey(), limit.getKey()));
        }
      }
    }
  }

  /** A size such as {@code 512m} or {@code 1.5gb} in bytes; -1 stays. */
  static void memory(String key, JsonNode value, ObjectNode body) {
    var text = Json.text(value).strip().toLowerCase(Locale.ROOT);
    var match = SIZE.matcher(text);
    if (text.equals("-1")) {
      body.put(key, -1);
      return;
    }
    if (!match.matches()) {
      throw Failure.usage(
          "services.%s.%s must be a size such as 512m (got \"%s\")"
              .formatted(Json.text(body, "name"), key, text));
    }
    int power =
        switch (match.group(2)) {
          case "k" -> 1;
          case "m" -> 2;
          case "g" -> 3;
          case "t" -> 4;
          default -> 0;
        };
    body.put(
        key,
        new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(1024).pow(power)).longValue());
  }
}
