package dev.slipway.agent.engine;

/** The container whose volumes are to be shared is not there, or not there yet. */
public final class SourceMissing extends EngineRefused {

  public SourceMissing(String reason) {
    super(reason);
  }
}
