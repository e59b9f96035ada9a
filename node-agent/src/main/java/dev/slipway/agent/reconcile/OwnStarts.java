package dev.slipway.agent.reconcile;

import dev.slipway.model.container.ContainerId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Containers that were started here, and have not been heard of otherwise since. */
final class OwnStarts {

  private final Set<ContainerId> begun = ConcurrentHashMap.newKeySet();

  void begin(ContainerId container) {
    begun.add(container);
  }

  boolean await(ContainerId container) {
    return begun.contains(container);
  }

  void forget(ContainerId container) {
    begun.remove(container);
  }
}
