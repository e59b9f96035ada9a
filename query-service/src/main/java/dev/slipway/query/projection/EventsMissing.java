package dev.slipway.query.projection;

import dev.slipway.query.projection.Projection.Message;

/** An event came whose predecessors are not in the view: what is stored is not what was read. */
public final class EventsMissing extends Exception {

  private final int partition;
  private final long offset;

  /**
   * @param before the message whose predecessors are not there
   */
  public EventsMissing(Message<?> before, String subject, long version, long sequence) {
    super(
        "Event %d of %s came, but the view has seen its events up to %d only"
            .formatted(sequence, subject, version));
    this.partition = before.partition();
    this.offset = before.offset();
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }
}
