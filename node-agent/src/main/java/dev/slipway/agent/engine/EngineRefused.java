package dev.slipway.agent.engine;

/** The Engine has answered, and the answer is no: asking again will not help. */
public sealed class EngineRefused extends RuntimeException permits NameInUse, SourceMissing {

  public EngineRefused(String reason) {
    super(reason);
  }

  /** The Engine's own words. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
