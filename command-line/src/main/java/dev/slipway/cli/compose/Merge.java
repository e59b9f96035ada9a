package dev.slipway.cli.compose;

import dev.slipway.cli.api.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Joins two services as {@code extends} does. */
final class Merge {

  private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

  private Merge() {}

  static ObjectNode of(JsonNode base, JsonNode own) {
    var merged = (ObjectNode) base.deepCopy();
    merged.remove("extends");
    for (var one : own.properties()) {
      if (!one.getKey().equals("extends")) {
        merged.set(one.getKey(), value(one.getKey(), merged.path(one.getKey()), one.getValue()));
      }
    }
    return merged;
  }

  private static JsonNode value(String key, JsonNode base, JsonNode own) {
    if (REPLACED.contains(key)) {
      return own;
    }
    if (base.isObject() && own.isObject()) {
      return of(base, own);
    }
    if (key.equals("environment") || key.equals("labels")) {
      var pairs = Json.object();
      ComposeEnvironment.pairs(key, base).forEach(pairs::set);
      ComposeEnvironment.pairs(key, own).forEach(pairs::set);
      return pairs;
    }
    if (base.isArray() && own.isArray()) {
      ArrayNode list = ((ArrayNode) base).deepCopy();
      own.forEach(
          item -> {
            if (list.valueStream().noneMatch(item::equals)) {
              list.add(item);
            }
          });
      return list;
    }
    return own;
  }
}
