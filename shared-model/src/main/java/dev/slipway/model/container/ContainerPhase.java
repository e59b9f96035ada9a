package dev.slipway.model.container;

/** The states of a container, with the API's words for them. */
public enum ContainerPhase {
  STARTING("Starting"),
  RUNNING("Running"),
  STOPPING("Stopping"),
  STOPPED("Stopped"),
  TERMINATING("Terminating"),
  TERMINATED("Terminated");

  private final String text;

  ContainerPhase(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** How a container in this state is wanted on its node. */
  public Assignment.Wanted wanted() {
    return switch (this) {
      case STARTING, RUNNING -> Assignment.Wanted.RUNNING;
      case STOPPING, STOPPED -> Assignment.Wanted.STOPPED;
      case TERMINATING, TERMINATED -> Assignment.Wanted.REMOVED;
    };
  }
}
