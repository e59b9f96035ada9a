package dev.slipway.docker;

import org.jspecify.annotations.Nullable;

/**
 * The Engine cannot be used at the moment: it is away, denies access, or has no API version in
 * common with Slipway. Nothing is known about what was asked of it.
 */
public final class EngineUnusable extends RuntimeException {

  private final String reason;
  private final @Nullable String version;

  public EngineUnusable(String reason) {
    this(reason, (String) null);
  }

  public EngineUnusable(String reason, Throwable cause) {
    super("the Docker Engine " + reason, cause);
    this.reason = reason;
    this.version = null;
  }

  EngineUnusable(String reason, @Nullable String version) {
    super("the Docker Engine " + reason);
    this.reason = reason;
    this.version = version;
  }

  /** A predicate to follow the Engine's name: "refuses: …", "does not answer at …". */
  public String reason() {
    return reason;
  }

  /** The version of the Engine, null if it did not report one. */
  public @Nullable String version() {
    return version;
  }
}
