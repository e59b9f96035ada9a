package dev.slipway.model.exec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a session asks of the node that its container is on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface ExecRequest {

  String session();

  NodeId node();

  /**
   * Begins a session.
   *
   * @param name of the container, such as {@code web-1}
   * @param command as a shell would be given it
   * @param width of the terminal in characters
   * @param height of the terminal in lines
   * @param asked what its action records; the session is the action's uuid
   */
  record Open(
      String session,
      NodeId node,
      ContainerId container,
      String name,
      String command,
      int width,
      int height,
      ActionRequest asked)
      implements ExecRequest {}

  /**
   * A session that is not begun: its node has nothing to do with it, but its action records it.
   *
   * @param problem why it may not be
   */
  record Refused(String session, NodeId node, ActionRequest asked, String problem)
      implements ExecRequest {}

  /**
   * Somebody typed.
   *
   * @param base64 of the bytes
   */
  record Typed(String session, NodeId node, String base64) implements ExecRequest {

    public static Typed of(String session, NodeId node, byte[] bytes) {
      return new Typed(session, node, Base64.getEncoder().encodeToString(bytes));
    }

    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /**
   * The reader is still there. No more than a window beyond what was read is sent.
   *
   * @param bytes of output that have been read since the session began
   */
  record Read(String session, NodeId node, long bytes) implements ExecRequest {}

  /**
   * It is over: the command has ended, or nobody is there any more.
   *
   * @param problem why it could not go on, null if nothing was wrong
   */
  record Close(String session, NodeId node, @Nullable String problem) implements ExecRequest {}
}
