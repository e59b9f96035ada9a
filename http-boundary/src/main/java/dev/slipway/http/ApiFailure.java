package dev.slipway.http;

import org.springframework.http.HttpStatus;

/** A request that cannot be answered as asked; becomes a JSON error with this status. */
public final class ApiFailure extends RuntimeException {

  private final HttpStatus status;

  public ApiFailure(HttpStatus status, String message) {
    super(message);
    this.status = status;
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

  public HttpStatus status() {
    return status;
  }
}
