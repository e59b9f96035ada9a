package dev.slipway.cli.api;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of JSON. */
public final class Json {

  public static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  /** The text of a value; empty if there is none, compact JSON of objects and lists. */
  public static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isContainer() ? node.toString() : node.asString();
  }

  public static String text(JsonNode node, String key) {
    return text(node.path(key));
  }

  /** The first of these that has a text. */
  public static String first(JsonNode node, String... keys) {
    for (var key : keys) {
      var text = text(node, key);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  public static int number(JsonNode node, String key) {
    return node.path(key).asInt(0);
  }

  public static boolean flag(JsonNode node, String key) {
    return node.path(key).asBoolean(false);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ObjectNode object(Map<String, ?> values) {
    var object = MAPPER.valueToTree(values);
    return (ObjectNode) object;
  }

  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  /** The list below a key; empty if there is none. */
  public static List<JsonNode> list(JsonNode node, String key) {
    var list = node.path(key);
    return list.isArray() ? list.valueStream().toList() : List.of();
  }

  /** The uuid at the end of a resource's address. */
  public static String uuid(String uri) {
    var path = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
