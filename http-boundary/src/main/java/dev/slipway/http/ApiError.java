package dev.slipway.http;

import java.util.Map;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** The body of every error: {@code {"error": "…"}}. */
final class ApiError {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ApiError() {}

  static ResponseEntity<Map<String, String>> response(HttpStatusCode status, String message) {
    return ResponseEntity.status(status).body(Map.of("error", message));
  }

  static byte[] json(String message) {
    return MAPPER.writeValueAsBytes(Map.of("error", message));
  }
}
