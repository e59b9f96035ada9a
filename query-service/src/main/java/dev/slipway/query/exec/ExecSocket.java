package dev.slipway.query.exec;

import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecOutput.Alive;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Shown;
import dev.slipway.model.exec.ExecOutput.Started;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.query.stream.ErrorFrame;
import dev.slipway.query.stream.KeepAlive;
import dev.slipway.query.stream.RightsCheck;
import dev.slipway.query.stream.SocketEnd;
import dev.slipway.query.stream.StreamLimits;
import dev.slipway.query.stream.Utf8Pieces;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** One terminal: text that comes is typed, what the terminal shows goes out as JSON frames. */
final class ExecSocket extends AbstractWebSocketHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ExecSocket.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  private static final int LONGEST_REASON = 100;
  private static final int PIECE = 16 * 1024;
  private static final long READ_EVERY_BYTES = 64 * 1024;
  private static final long READ_EVERY_NS = TimeUnit.SECONDS.toNanos(20);
  private static final long LONGEST_START_NS = TimeUnit.SECONDS.toNanos(10);

  private final ExecSessions sessions;
  private final ExecRequest.Open open;
  private final Limits limits;
  private final KeepAlive keepAlive;
  private final RightsCheck rights;
  private final Utf8Pieces text = new Utf8Pieces();
  private volatile long lastActivity = System.nanoTime();
  private volatile boolean gone;
  private @Nullable String problem = "the connection broke off";
  private long lastFromNode = System.nanoTime();
  private boolean started;
  private long read;
  private long saidRead;
  private long lastSaid = System.nanoTime();

  /**
   * How long a session waits.
   *
   * @param idle for anything to happen
   * @param silence for anything from the node
   */
  record Limits(Duration idle, Duration silence, StreamLimits streams) {}

  /**
   * @param rights whether the user may still run commands there
   */
  ExecSocket(ExecSessions sessions, ExecRequest.Open open, Limits limits, BooleanSupplier rights) {
    this.rights = new RightsCheck(rights);
    this.sessions = sessions;
    this.open = open;
    this.limits = limits;
    this.keepAlive = new KeepAlive(limits.streams().keepAlive());
  }

  /** So that much may be pasted at once. */
  @Override
  public boolean supportsPartialMessages() {
    return true;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) {
    var native_ =
        Objects.requireNonNull(((NativeWebSocketSession) session).getNativeSession(Session.class));
    native_.getUserProperties().put(SEND_TIMEOUT, limits.streams().send().toMillis());
    var remote = native_.getBasicRemote();
    var queue = sessions.begin(open.session());
    Thread.ofVirtual().name("exec-" + open.session()).start(() -> relay(session, remote, queue));
  }

  private void relay(
      WebSocketSession session, RemoteEndpoint.Basic remote, BlockingQueue<ExecOutput> queue) {
    try {
      if (sessions.relay().listen(sessions::take)) {
        sessions.relay().send(open);
        var end = show(remote, queue);
        problem = end.equalsCode(CloseStatus.NORMAL) ? null : end.getReason();
        SocketEnd.close(session, end);
      } else {
        problem = "Kafka does not answer";
        SocketEnd.close(session, CloseStatus.SERVICE_OVERLOAD.withReason("Kafka does not answer"));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException end) {
      LOG.debug("Session {} breaks off", open.session(), end);
      SocketEnd.close(session, SocketEnd.of(end));
    } finally {
      sessions.end(open.session());
      tell(new ExecRequest.Close(open.session(), open.node(), problem));
    }
  }

  /** Until there is no more; how the socket is to be closed then. */
  private CloseStatus show(RemoteEndpoint.Basic remote, BlockingQueue<ExecOutput> queue)
      throws IOException, InterruptedException {
    while (!gone) {
      var output = queue.poll(1, TimeUnit.SECONDS);
      if (output != null) {
        lastFromNode = System.nanoTime();
      }
      switch (output) {
        case null -> {}
        case Started _ -> started = true;
        case Alive _ -> {}
        case Shown shown -> show(remote, shown);
        case Ended(_, var reason, var exitCode) -> {
          return ended(remote, reason, exitCode);
        }
      }
      sayRead();
      keepAlive.pulse(remote);
      rights.pulse();
      if (isNodeGone()) {
        return notEnded(remote, CloseStatus.SERVICE_OVERLOAD, "the node does not answer");
      }
      if (System.nanoTime() - lastActivity > limits.idle().toNanos()) {
        return notEnded(remote, CloseStatus.NORMAL, "nothing happened for too long");
      }
    }
    return CloseStatus.NORMAL;
  }

  /** An agent says every 20 seconds that it is there. */
  private boolean isNodeGone() {
    long longest = started ? limits.silence().toNanos() : LONGEST_START_NS;
    return System.nanoTime() - lastFromNode > longest;
  }

  private void show(RemoteEndpoint.Basic remote, Shown shown) throws IOException {
    var bytes = shown.bytes();
    lastActivity = System.nanoTime();
    started = true;
    var output = text.decode(bytes);
    if (!output.isEmpty()) {
      var json = new LinkedHashMap<String, Object>();
      json.put("type", "exec");
      json.put("output", output);
      json.put("streamType", "stdout");
      remote.sendText(JSON.writeValueAsString(json));
    }
    read += bytes.length;
  }

  private static CloseStatus notEnded(
      RemoteEndpoint.Basic remote, CloseStatus status, String reason) throws IOException {
    remote.sendText(ExitFrame.of(null, reason));
    return status.withReason(reason);
  }

  private static CloseStatus ended(
      RemoteEndpoint.Basic remote, @Nullable String problem, @Nullable Integer exitCode)
      throws IOException {
    if (problem == null) {
      remote.sendText(
          ExitFrame.of(exitCode, exitCode == null ? "its node reports no exit code" : null));
      return CloseStatus.NORMAL;
    }
    remote.sendText(ErrorFrame.of(problem));
    remote.sendText(ExitFrame.of(null, problem));
    var reason = new StringBuilder();
    problem
        .chars()
        .limit(LONGEST_REASON)
        .forEach(c -> reason.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return CloseStatus.SERVER_ERROR.withReason(reason.toString());
  }

  /** Lets more come, and shows that somebody is there. */
  private void sayRead() {
    long now = System.nanoTime();
    if (read - saidRead >= READ_EVERY_BYTES || now - lastSaid > READ_EVERY_NS) {
      saidRead = read;
      lastSaid = now;
      tell(new ExecRequest.Read(open.session(), open.node(), read));
    }
  }

  @Override
  protected void handleTextMessage(WebSocketSession session, TextMessage message) {
    type(message.getPayload().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
    var bytes = new byte[message.getPayload().remaining()];
    message.getPayload().get(bytes);
    type(bytes);
  }

  private void type(byte[] bytes) {
    lastActivity = System.nanoTime();
    keepAlive.heard();
    for (int from = 0; from < bytes.length; from += PIECE) {
      var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
      tell(ExecRequest.Typed.of(open.session(), open.node(), piece));
    }
  }

  private void tell(ExecRequest request) {
    try {
      sessions.relay().send(request);
    } catch (RuntimeException failure) {
      LOG.warn("Session {} does not reach its node: {}", open.session(), failure.toString());
    }
  }

  @Override
  protected void handlePongMessage(WebSocketSession session, PongMessage message) {
    keepAlive.heard();
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    gone = true;
  }
}
