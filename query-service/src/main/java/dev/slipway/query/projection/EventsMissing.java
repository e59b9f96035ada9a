package dev.slipway.query.projection;

import dev.slipway.query.projection.Projection.Message;

/** An event came whose predecessors are not in the view: what is stored is not what was read. */
public final class EventsMissing extends Exception {

  private final Message<?> message;

  /**
   * @param before the message whose predecessors are not there
   */
  public EventsMissing(Message<?> before, String subject, long version, long sequence) {
    super(
        "Event %d of %s came, but the view has seen its events up to %d only"
            .formatted(sequence, subject, version));
    this.message = before;
  }

  /** The one whose predecessors are not there. */
  Message<?> message() {
    return message;
  }

  int partition() {
    return message.partition();
  }

  long offset() {
    return message.offset();
  }
}
