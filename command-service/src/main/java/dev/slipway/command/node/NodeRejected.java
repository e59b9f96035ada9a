package dev.slipway.command.node;

/** A wish about a node that cannot be met. The reason becomes the status of the answer. */
final class NodeRejected extends RuntimeException {

  /** Why a wish cannot be met. */
  enum Reason {
    NOT_FOUND,
    /** The client has seen an older version. */
    MOVED,
    INVALID_STATE
  }

  private final Reason reason;

  NodeRejected(Reason reason, String because) {
    super(because);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
