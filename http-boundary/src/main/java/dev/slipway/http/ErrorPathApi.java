package dev.slipway.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers in JSON what fails before a controller is found: the server forwards it here. A client
 * that asks for this path itself finds nothing.
 */
@RestController
final class ErrorPathApi implements ErrorController {

  @RequestMapping("/error")
  ResponseEntity<Map<String, String>> error(HttpServletRequest request) {
    var status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
    return ApiError.response(
        status,
        status == HttpStatus.NOT_FOUND
            ? "there is nothing at this path"
            : status.getReasonPhrase());
  }

  private static HttpStatus status(@org.jspecify.annotations.Nullable Object code) {
    var status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    if (status == null) {
      return code == null ? HttpStatus.NOT_FOUND : HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return status;
  }
}
