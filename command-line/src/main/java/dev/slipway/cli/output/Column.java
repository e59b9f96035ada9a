package dev.slipway.cli.output;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param wide whether it is shown only with {@code -o wide} or by name
 */
public record Column(String name, boolean wide, Function<JsonNode, String> value) {

  public static Column of(String name, Function<JsonNode, String> value) {
    return new Column(name, false, value);
  }

  public static Column wide(String name, Function<JsonNode, String> value) {
    return new Column(name, true, value);
  }
}
