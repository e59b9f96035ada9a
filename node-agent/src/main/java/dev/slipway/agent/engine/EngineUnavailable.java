package dev.slipway.agent.engine;

import dev.slipway.docker.EngineUnusable;
import dev.slipway.runtime.LoggedElsewhere;
import org.jspecify.annotations.Nullable;

/** The Engine does not answer, or not in time: it says nothing about what was asked. */
public final class EngineUnavailable extends RuntimeException implements LoggedElsewhere {

  private final String reason;
  private final @Nullable String version;

  public EngineUnavailable(Throwable cause) {
    super("the Engine does not answer: " + cause.getMessage(), cause);
    this.reason = "does not answer: " + cause.getMessage();
    this.version = null;
  }

  public EngineUnavailable(EngineUnusable cause) {
    super(cause.getMessage(), cause);
    this.reason = cause.reason();
    this.version = cause.version();
  }

  /** A predicate to follow the Engine's name: "refuses: …", "does not answer at …". */
  public String reason() {
    return reason;
  }

  /** The version of the Engine, null if it is not known. */
  public @Nullable String version() {
    return version;
  }
}
