package dev.slipway.standalone.fuzz;

import static dev.slipway.standalone.fuzz.WrongParts.TEXTS;
import static dev.slipway.standalone.fuzz.WrongParts.VALUES;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes bodies from schemas, many of them wrong in some way. */
final class FuzzBodies {

  private final ApiDescription api;
  private final Dice dice;
  private final List<String> uuids;

  /**
   * @param uuids of what there is, more of them later
   */
  FuzzBodies(ApiDescription api, Dice dice, List<String> uuids) {
    this.api = api;
    this.dice = dice;
    this.uuids = uuids;
  }

  /**
   * A body of the schema, or another one.
   *
   * @param schema null for an operation that takes no body
   */
  byte[] body(@Nullable JsonNode schema) {
    if (schema == null && dice.chance(80)) {
      return new byte[0];
    }
    var text = schema == null || dice.chance(5) ? dice.one(VALUES) : value(schema, 0);
    return switch (dice.below(60)) {
      case 0 -> utf8(text + text);
      case 1 -> utf8("[".repeat(20_000));
      case 2 -> utf8("{\"a\":".repeat(20_000));
      case 3 ->
          utf8(
              "{\"image\":\""
                  + dice.one(List.of("/", "a", " ", "-", "\\\\")).repeat(300_000)
                  + "\"}");
      case 4 -> text.getBytes(StandardCharsets.UTF_16);
      case 5 -> invalidUtf8(text);
      case 6 -> utf8(text.replaceFirst("\\{", "{\"name\":1,\"name\":2,"));
      case 7 -> new byte[1_100_000];
      case 8 -> utf8(text.substring(0, text.length() / 2));
      default -> utf8(text);
    };
  }

  private static byte[] invalidUtf8(String text) {
    var bytes = utf8(text);
    if (bytes.length > 0) {
      bytes[bytes.length / 2] = (byte) 0xC3;
    }
    return bytes;
  }

  /** A value of the schema, or another one. */
  private String value(JsonNode given, int depth) {
    var schema = api.followed(given);
    if (dice.chance(8) || depth > 6) {
      return dice.one(VALUES);
    }
    for (var choice : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(choice)) {
        return value(schema.path(choice).get(dice.below(schema.path(choice).size())), depth + 1);
      }
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(dice.below(schema.path("enum").size())).toString();
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer", "number" -> dice.chance(60) ? number(schema) : dice.one(VALUES);
      case "boolean" -> dice.chance(50) ? "true" : "false";
      case "null" -> "null";
      default -> text();
    };
  }

  private String type(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.get(dice.below(type.size())).asString("") : type.asString("");
  }

  private String object(JsonNode schema, int depth) {
    var fields = new ArrayList<String>();
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (dice.chance(isRequired(schema, field.getKey()) ? 95 : 12)) {
                fields.add(
                    "\"%s\":%s"
                        .formatted(field.getKey(), field(field.getKey(), field.getValue(), depth)));
              }
            });
    if (schema.has("additionalProperties") || dice.chance(10)) {
      fields.add("\"" + dice.one(TEXTS) + "\":" + text());
    }
    return "{" + String.join(",", fields) + "}";
  }

  /** Bodies from which many services can be created. */
  private String field(String name, JsonNode schema, int depth) {
    return name.equals("image") && dice.chance(80) ? "\"demo/hello\"" : value(schema, depth + 1);
  }

  private static boolean isRequired(JsonNode schema, String field) {
    for (var required : schema.path("required")) {
      if (required.asString("").equals(field)) {
        return true;
      }
    }
    return false;
  }

  private String array(JsonNode schema, int depth) {
    int size = dice.chance(2) ? 1_001 : dice.below(4);
    var values = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      values.add(size > 100 ? "1" : value(schema.path("items"), depth + 1));
    }
    return "[" + String.join(",", values) + "]";
  }

  private String number(JsonNode schema) {
    int least = schema.path("minimum").asInt(0);
    return Integer.toString(least + dice.below(3));
  }

  private String text() {
    return "\"" + (dice.chance(15) && !uuids.isEmpty() ? dice.one(uuids) : dice.one(TEXTS)) + "\"";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
