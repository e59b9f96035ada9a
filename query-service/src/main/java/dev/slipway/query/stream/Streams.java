package dev.slipway.query.stream;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.StandingRights;
import dev.slipway.query.stream.StreamRequest.Shape;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.util.WebUtils;

/**
 * Answers requests with streams. A request is answered as any other until it is certain that there
 * is something to stream: only then does it become a websocket.
 */
public final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  private final DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();
  private final StreamLimits limits;
  private final Drops drops;

  Streams(StreamLimits limits, Drops drops) {
    this.limits = limits;
    this.drops = drops;
  }

  /** Streams in the shape that the request asks for; {@code positions} adds them to frames. */
  public <T> void answer(
      Source<T> source, Form<T> form, HttpServletRequest request, HttpServletResponse response) {
    var wanted = new StreamRequest(request);
    var checked = RightsCheck.on(source, StandingRights.of(request));
    switch (wanted.shape()) {
      case WEBSOCKET -> {
        var frames = wanted.flag("positions", false) ? form.withPositions() : form;
        upgrade(new StreamSocket<>(checked, frames.frame(), limits, drops), request, response);
      }
      case TEXT -> write(checked, new PlainText<>(response, form.text(), limits.silence()));
      case SERVER_SENT_EVENTS ->
          write(checked, new ServerSentEvents<>(response, form, source::position));
    }
  }

  /** Makes a websocket of the request. */
  public void upgrade(
      WebSocketHandler socket, HttpServletRequest request, HttpServletResponse response) {
    if (new StreamRequest(request).shape() != Shape.WEBSOCKET) {
      throw new ApiFailure(HttpStatus.BAD_REQUEST, "this is a websocket");
    }
    var upgrade = new ServletServerHttpRequest(request);
    if (!WebUtils.isSameOrigin(upgrade)) {
      throw new ApiFailure(HttpStatus.FORBIDDEN, "pages of other origins may not read this");
    }
    handshake.doHandshake(upgrade, new ServletServerHttpResponse(response), socket, Map.of());
  }

  private static void tell(Sink<?> sink, ReaderTooSlow drop) {
    try {
      sink.end(drop.reason());
    } catch (IOException gone) {
      LOG.debug("A reader of a stream is gone: {}", gone.toString());
    }
  }

  private <T> void write(Source<T> source, Sink<T> sink) {
    try {
      source.run(sink);
    } catch (ReaderTooSlow drop) {
      drops.note(drop);
      tell(sink, drop);
    } catch (IOException gone) {
      LOG.debug("A reader of a stream is gone: {}", gone.toString());
      drops.note(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
