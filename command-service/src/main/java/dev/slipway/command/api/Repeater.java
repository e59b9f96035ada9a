package dev.slipway.command.api;

import dev.slipway.http.Caller;
import dev.slipway.http.RepeatedRequest;
import dev.slipway.model.Delimited;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.wire.Wire;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a recorded request again, through the controller that took it then: whatever leaves an
 * action can so be repeated, and is checked as if a client had sent it.
 */
final class Repeater {

  private static final String ACTION_URI = "X-DockerCloud-Action-URI";

  private final Supplier<DispatcherServlet> dispatcher;

  Repeater(Supplier<DispatcherServlet> dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * @param shown what to answer of the new action, unless the request was refused
   */
  ResponseEntity<?> repeat(
      ActionRequest recorded,
      Caller caller,
      HttpServletRequest request,
      Function<ActionId, Answers.Shown> shown) {
    var answer = new Kept(response());
    try {
      dispatcher.get().service(new RepeatedRequest(request, caller, recorded), answer);
    } catch (ServletException failure) {
      throw new IllegalStateException("A recorded request cannot be made again", failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var body = answer.getContentAsByteArray();
    answer.resetBuffer();
    var action = answer.getHeader(ACTION_URI);
    if (answer.getStatus() >= 400 || action == null) {
      return ResponseEntity.status(answer.getStatus()).body(Wire.read(body, Map.class));
    }
    return ResponseEntity.status(answer.getStatus())
        .body(shown.apply(new ActionId(Delimited.last(action, '/'))).json());
  }

  /** Keeps the body back, and the version, which is not that of what is shown. */
  private static final class Kept extends ContentCachingResponseWrapper {

    Kept(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (!name.equalsIgnoreCase("ETag")) {
        super.setHeader(name, value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      if (!name.equalsIgnoreCase("ETag")) {
        super.addHeader(name, value);
      }
    }
  }

  private static HttpServletResponse response() {
    var attributes = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    return Objects.requireNonNull(attributes.getResponse());
  }
}
