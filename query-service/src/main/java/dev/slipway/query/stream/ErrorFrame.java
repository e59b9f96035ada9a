package dev.slipway.query.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What clients of all streams know as an error. */
public final class ErrorFrame {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ErrorFrame() {}

  /** A JSON object. */
  public static String of(String message) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", "error");
    json.put("data", Map.of("errorMessage", message));
    return JSON.writeValueAsString(json);
  }
}
