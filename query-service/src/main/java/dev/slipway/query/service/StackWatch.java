package dev.slipway.query.service;

import dev.slipway.model.wire.Envelope;
import java.util.Map;

/** Who wants to know that stacks may have another state, since their services have. */
public interface StackWatch {

  /**
   * Called when the services are written. Safe to repeat.
   *
   * @param causes the last event that changed any service of a stack, by the stack's id
   */
  void mayHaveChanged(Map<String, Envelope<?>> causes);
}
