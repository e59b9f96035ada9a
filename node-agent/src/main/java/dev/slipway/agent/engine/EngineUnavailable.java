package dev.slipway.agent.engine;

/** The Engine does not answer, or not in time: it says nothing about what was asked. */
public final class EngineUnavailable extends RuntimeException {

  public EngineUnavailable(Throwable cause) {
    super("the Engine does not answer: " + cause.getMessage(), cause);
  }
}
