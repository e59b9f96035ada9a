package dev.slipway.query.exec;

import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecRequest;
import java.util.function.Consumer;

/** Takes requests to the nodes, and brings back what they have to say. */
interface ExecRelay {

  /**
   * Waits until nothing that is said from now on is missed.
   *
   * @return false if that is not so in time
   */
  boolean listen(Consumer<ExecOutput> listener) throws InterruptedException;

  void send(ExecRequest request);
}
