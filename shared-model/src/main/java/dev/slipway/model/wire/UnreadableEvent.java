package dev.slipway.model.wire;

/**
 * A stored event from which this program cannot know what happened. Its message holds no values.
 */
public final class UnreadableEvent extends RuntimeException {

  public UnreadableEvent(String reason) {
    super(reason);
  }
}
