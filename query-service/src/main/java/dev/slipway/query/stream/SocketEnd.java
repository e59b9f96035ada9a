package dev.slipway.query.stream;

import com.mongodb.MongoException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/** How a websocket is closed, and what the client is told. */
public final class SocketEnd {

  private static final Logger LOG = LoggerFactory.getLogger(SocketEnd.class);

  private SocketEnd() {}

  /** The status for what ended a stream. */
  public static CloseStatus of(Exception end) {
    var slow = ReaderTooSlow.of(end);
    if (slow != null) {
      return CloseStatus.POLICY_VIOLATION.withReason(slow.reason());
    }
    return switch (end) {
      case IOException _ -> CloseStatus.GOING_AWAY;
      case MongoException _ -> CloseStatus.SERVICE_OVERLOAD.withReason("the store does not answer");
      default -> CloseStatus.SERVER_ERROR.withReason("the stream breaks off");
    };
  }

  public static void close(WebSocketSession session, CloseStatus status) {
    try {
      session.close(status);
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("Closed already: {}", gone.toString());
    }
  }
}
