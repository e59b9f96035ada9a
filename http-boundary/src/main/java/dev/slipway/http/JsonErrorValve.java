package dev.slipway.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Answers in JSON what Tomcat refuses before any of our code sees it, such as a broken URI, and
 * what other code refuses without a body.
 */
public final class JsonErrorValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0 || response.isCommitted()) {
      return;
    }
    response.setErrorReported();
    var status = HttpStatus.resolve(response.getStatus());
    var message = status == null ? "the request is refused" : status.getReasonPhrase();
    try {
      SecurityHeaders.set(response);
      response.setContentType("application/json");
      response.setCharacterEncoding("utf-8");
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(new String(ApiError.json(message), java.nio.charset.StandardCharsets.UTF_8));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException gone) {
      container.getLogger().debug("The client did not wait for its error", gone);
    }
  }
}
