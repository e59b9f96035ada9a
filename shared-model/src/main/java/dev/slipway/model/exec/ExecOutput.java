package dev.slipway.model.exec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a node has to say of a session. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface ExecOutput {

  String session();

  /** The command runs. */
  record Started(String session) implements ExecOutput {}

  /** The node is still there, though the command may have nothing to show. */
  record Alive(String session) implements ExecOutput {}

  /**
   * The terminal shows more.
   *
   * @param base64 of the bytes
   */
  record Shown(String session, String base64) implements ExecOutput {

    public static Shown of(String session, byte[] bytes) {
      return new Shown(session, Base64.getEncoder().encodeToString(bytes));
    }

    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }
  }

  /**
   * The command runs no more.
   *
   * @param problem why it could not go on, null if it ended by itself
   * @param exitCode null if it did not end by itself, or from agents that do not report it
   */
  record Ended(String session, @Nullable String problem, @Nullable Integer exitCode)
      implements ExecOutput {

    public Ended(String session, @Nullable String problem) {
      this(session, problem, null);
    }
  }
}
