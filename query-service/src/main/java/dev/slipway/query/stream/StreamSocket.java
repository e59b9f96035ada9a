package dev.slipway.query.stream;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/**
 * A stream as websocket frames, one JSON object each. Only the stream's own thread sends, and it
 * waits for a slow client for a limited time: meanwhile items stay in the store, not in memory.
 */
final class StreamSocket<T> extends AbstractWebSocketHandler implements Sink<T> {

  private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  /** Who makes room for what waited reads, though an answer to a ping may be far behind. */
  private static final long WAITED_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Source<T> source;
  private final Function<T, String> frame;
  private final StreamLimits limits;
  private final Drops drops;
  private final KeepAlive keepAlive;
  private volatile boolean open = true;
  private RemoteEndpoint.@Nullable Basic remote;

  StreamSocket(Source<T> source, Function<T, String> frame, StreamLimits limits, Drops drops) {
    this.source = source;
    this.frame = frame;
    this.limits = limits;
    this.drops = drops;
    this.keepAlive = new KeepAlive(limits.keepAlive());
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws IOException {
    var native_ =
        Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
    native_.getUserProperties().put(SEND_TIMEOUT, limits.send().toMillis());
    remote = native_.getBasicRemote();
    Thread.ofVirtual().name("stream-" + session.getId()).start(() -> stream(session));
  }

  private void stream(WebSocketSession session) {
    try {
      source.run(this);
      SocketEnd.close(session, CloseStatus.NORMAL);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException end) {
      if (end instanceof RuntimeException) {
        LOG.warn("A stream breaks off", end);
      }
      drops.note(end);
      SocketEnd.close(session, SocketEnd.of(end));
    }
  }

  /** Frames go out together, but nothing stays behind: an answer to a ping would wait there too. */
  @Override
  public void send(List<T> items) throws IOException {
    requireOpen();
    var endpoint = Objects.requireNonNull(remote);
    long begun = System.nanoTime();
    endpoint.setBatchingAllowed(items.size() > 1);
    for (var item : items) {
      endpoint.sendText(frame.apply(item));
    }
    endpoint.setBatchingAllowed(false);
    if (System.nanoTime() - begun > WAITED_NS) {
      keepAlive.heard();
    }
  }

  @Override
  public void pulse() throws IOException {
    requireOpen();
    keepAlive.pulse(Objects.requireNonNull(remote));
  }

  private void requireOpen() throws IOException {
    if (!open) {
      throw new IOException("closed");
    }
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    keepAlive.heard();
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    open = false;
  }
}
