package dev.slipway.cli.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a server.
 *
 * @param headers by their names in lower case
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {

  public @Nullable String header(String name) {
    var values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  public List<String> all(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public boolean isJson() {
    var type = header("content-type");
    return type != null && type.contains("json");
  }

  /** The body, or an empty object if it is none. */
  public JsonNode json() {
    try {
      return body.isBlank() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(body);
    } catch (JacksonException noJson) {
      return Json.MAPPER.createObjectNode();
    }
  }
}
