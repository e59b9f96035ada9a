package dev.slipway.http;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.quota.Quota;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns whatever goes wrong in a controller into a JSON error that names the field and the rule.
 */
@RestControllerAdvice
class ApiErrors {

  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
  private static final String RETRY_AFTER_SECONDS = "5";

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> on(ApiFailure failure) {
    var response = ResponseEntity.status(failure.status());
    if (failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.body(failure.json());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> on(InvalidInput invalid) {
    return ApiError.response(HttpStatus.BAD_REQUEST, message(invalid));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> on(QuotaExceeded exceeded) {
    return exceeded.quota() == Quota.WRITES_PER_SECOND
        ? ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
            .header(HttpHeaders.RETRY_AFTER, "1")
            .body(exceeded.json())
        : ResponseEntity.status(HttpStatus.CONFLICT).body(exceeded.json());
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> on(NoResourceFoundException missing) {
    return ApiError.response(HttpStatus.NOT_FOUND, "there is nothing at this path");
  }

  @ExceptionHandler
  ResponseEntity<Map<String, String>> on(HttpRequestMethodNotSupportedException unsupported) {
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .headers(unsupported.getHeaders())
        .body(Map.of("error", "this path does not take " + unsupported.getMethod()));
  }

  /** The client went away; nobody is left to answer. */
  @ExceptionHandler
  void on(AsyncRequestNotUsableException gone) {}

  @ExceptionHandler
  ResponseEntity<Map<String, String>> on(Exception unforeseen) {
    var refusal = UnreadableRequests.refusalOf(unforeseen);
    if (refusal.isPresent()) {
      return ApiError.response(refusal.get().status(), refusal.get().message());
    }
    var database = DatabaseFailures.of(unforeseen);
    if (database.isPresent()) {
      LOG.warn("{}", database.get().message()); // the exception may repeat what was to be stored
      return ResponseEntity.status(database.get().status())
          .header(HttpHeaders.RETRY_AFTER, "5")
          .body(Map.of("error", database.get().message()));
    }
    var incident = UUID.randomUUID();
    LOG.error("Incident {}", incident, unforeseen);
    return ApiError.response(
        HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong; the log has it as " + incident);
  }

  private static String message(RuntimeException failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
