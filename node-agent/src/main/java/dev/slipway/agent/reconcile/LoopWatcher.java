package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;

/**
 * Tells a loop what happens on its Engine.
 *
 * @param whenEnded is run once the Engine tells no more
 */
public record LoopWatcher(ReconcileLoop loop, Runnable whenEnded) implements Engine.Watcher {

  @Override
  public void changed(Found.Labels container) {
    loop.changed(container.container());
  }

  @Override
  public void started(Found.Labels container) {
    loop.started(container.container());
  }

  @Override
  public void ended() {
    whenEnded.run();
  }
}
