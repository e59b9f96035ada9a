package dev.slipway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that cannot be answered as asked; becomes a JSON error with this status. */
public final class ApiFailure extends RuntimeException {

  private final HttpStatus status;
  private final transient Map<String, Object> details;

  public ApiFailure(HttpStatus status, String message) {
    this(status, message, Map.of());
  }

  /**
   * @param details further fields of the body
   */
  public ApiFailure(HttpStatus status, String message, Map<String, Object> details) {
    super(message);
    this.status = status;
    this.details = details;
  }

  public static ApiFailure notFound(String what) {
    return new ApiFailure(HttpStatus.NOT_FOUND, what + " does not exist");
  }

  public static ApiFailure badRequest(String field, String rule) {
    return new ApiFailure(HttpStatus.BAD_REQUEST, field + " " + rule);
  }

  public static ApiFailure unavailable(String message) {
    return new ApiFailure(HttpStatus.SERVICE_UNAVAILABLE, message);
  }

  /** The body of the answer. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("error", String.valueOf(getMessage()));
    json.putAll(details);
    return json;
  }

  public HttpStatus status() {
    return status;
  }
}
