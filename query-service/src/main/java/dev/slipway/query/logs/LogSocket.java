package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lines as websocket frames, one JSON object each. Only the stream's own thread sends, and it waits
 * for a slow client for a limited time: meanwhile lines stay in the store, not in memory.
 */
final class LogSocket extends AbstractWebSocketHandler implements LogSink {

  private static final Logger LOG = LoggerFactory.getLogger(LogSocket.class);
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";
  private static final long PING_EVERY_NS = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_SILENCE_NS = TimeUnit.SECONDS.toNanos(75);

  private static final CloseStatus TOO_SLOW =
      CloseStatus.POLICY_VIOLATION.withReason("the client does not read");
  private static final CloseStatus SILENT =
      CloseStatus.GOING_AWAY.withReason("the client answers no ping");

  private final Logs logs;
  private final LogRequest request;
  private volatile long lastPong = System.nanoTime();
  private volatile boolean open = true;
  private long lastPing = System.nanoTime();
  private RemoteEndpoint.@org.jspecify.annotations.Nullable Basic remote;

  LogSocket(Logs logs, LogRequest request) {
    this.logs = logs;
    this.request = request;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws IOException {
    var native_ =
        Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
    native_.getUserProperties().put(SEND_TIMEOUT, logs.longestSend().toMillis());
    var endpoint = native_.getBasicRemote();
    endpoint.setBatchingAllowed(true);
    remote = endpoint;
    Thread.ofVirtual().name("log-stream-" + session.getId()).start(() -> stream(session));
  }

  private void stream(WebSocketSession session) {
    try {
      new LogStream(logs, request, this).run();
      close(session, CloseStatus.NORMAL);
    } catch (Silent silent) {
      close(session, SILENT);
    } catch (IOException gone) {
      if (gone instanceof SocketTimeoutException
          || gone.getCause() instanceof SocketTimeoutException) {
        LOG.info("A reader of {} does not read and is dropped", request.target());
      } else {
        LOG.debug("A reader of {} is gone: {}", request.target(), gone.toString());
      }
      close(session, TOO_SLOW);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.warn("The stream of {} breaks off", request.target(), failure);
      close(session, CloseStatus.SERVER_ERROR.withReason("the lines can not be read now"));
    }
  }

  private static void close(WebSocketSession session, CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("Closed already: {}", gone.toString());
    }
  }

  @Override
  public void send(List<LogLine> lines) throws IOException {
    if (!open) {
      throw new IOException("closed");
    }
    var endpoint = Objects.requireNonNull(remote);
    for (var line : lines) {
      endpoint.sendText(frame(line));
    }
    if (!lines.isEmpty()) {
      endpoint.flushBatch();
    }
  }

  private String frame(LogLine line) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", "log");
    if (request.target().isService()) {
      json.put("source", line.source());
    }
    json.put("log", line.text() + "\n");
    json.put("streamType", line.stream().name().toLowerCase(java.util.Locale.ROOT));
    json.put("timestamp", line.time().getEpochSecond());
    return JSON.writeValueAsString(json);
  }

  @Override
  public void pulse() throws IOException {
    if (!open) {
      throw new IOException("closed");
    }
    long now = System.nanoTime();
    if (now - lastPong > LONGEST_SILENCE_NS) {
      throw new Silent();
    }
    if (now - lastPing > PING_EVERY_NS) {
      lastPing = now;
      Objects.requireNonNull(remote).sendPing(ByteBuffer.allocate(0));
    }
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    lastPong = System.nanoTime();
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    open = false;
  }

  /** Nothing came from the client for too long. */
  private static final class Silent extends IOException {}
}
