package dev.slipway.query.projection;

import com.mongodb.MongoException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says that the read model can not be asked now, rather than that something is broken. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StoreFailures {

  private static final Logger LOG = LoggerFactory.getLogger(StoreFailures.class);

  @ExceptionHandler
  ResponseEntity<Map<String, String>> on(MongoException failure) {
    LOG.warn("The read model's database fails: {}", failure.getMessage());
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("error", "the read model's database does not answer"));
  }
}
