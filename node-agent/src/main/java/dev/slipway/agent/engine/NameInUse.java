package dev.slipway.agent.engine;

/** The Engine has a container of this name already. */
public final class NameInUse extends EngineRefused {

  public NameInUse(String reason) {
    super(reason);
  }
}
