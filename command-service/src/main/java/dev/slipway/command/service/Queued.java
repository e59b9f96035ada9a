package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.MOST_CONTAINERS;
import static dev.slipway.model.attribute.Attributes.TARGET_NUM_CONTAINERS;

import dev.slipway.model.service.QueuedOperation;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;

/** Begins what waits for the end of other work. */
final class Queued {

  private Queued() {}

  /** Begins the next, if nothing else is under way. */
  static void beginNext(Decision decision) {
    while (isNext(decision)) {
      begin(decision.service().activity().queue().getFirst(), decision);
    }
  }

  private static boolean isNext(Decision decision) {
    var service = decision.service();
    var activity = service.activity();
    return activity.isIdle() && !activity.queue().isEmpty() && !service.terminated();
  }

  static void begin(QueuedOperation queued, Decision decision) {
    if (queued.more() > 0) {
      grow(queued.more(), decision);
    }
    ServiceOperations.begin(
        new OperationBegun(
            decision.service().id(),
            queued.id(),
            queued.kind(),
            decision.now().plus(queued.longest()),
            true,
            queued.variables()),
        decision);
  }

  private static void grow(int more, Decision decision) {
    var service = decision.service();
    int target = service.definitions().current().get(TARGET_NUM_CONTAINERS);
    int grown = Math.min(target + more, MOST_CONTAINERS);
    if (grown != target) {
      decision.add(
          new ServiceUpdated(
              service.id(), ServiceDefinition.EMPTY.with(TARGET_NUM_CONTAINERS, grown)));
    }
  }
}
