package dev.slipway.model.service;

import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.service.Operation.Problem;
import dev.slipway.model.service.ServiceEvent.PlacementRefused;
import java.time.Instant;
import java.util.Map;

/** What the work on a service remembers of containers that could not be had, or did not last. */
final class Problems {

  private Problems() {}

  static Activity of(PlacementRefused refused, Service service, Instant at) {
    var problem = new Problem(refused.reason(), refused.refusals(), refused.waiting(), at);
    return service
        .activity()
        .change(operation -> operation.withProblem(refused.slot(), problem))
        .changeOfContainer(
            one -> one.slot() == refused.slot(), one -> one.withProblem(refused.reason()));
  }

  static Activity ofFailure(ContainerId id, String failure, Service service, Instant at) {
    var container = service.fleet().find(id).orElse(null);
    if (container == null) {
      return service.activity();
    }
    var reason = service.name(container) + ": " + failure;
    return service
        .activity()
        .change(operation -> operation.withProblem(container.slot(), failed(reason, at)))
        .changeOfContainer(one -> one.container().equals(id), one -> one.withProblem(reason));
  }

  /** What a redeploy has made and ends with an error by itself is a failure of the redeploy. */
  static Activity ofEnd(ContainerId id, Ended ended, Service service) {
    var container = service.fleet().find(id).orElse(null);
    if (container == null || ended.isSuccess() || container.phase().wanted() != Wanted.RUNNING) {
      return service.activity();
    }
    var problem = failed(service.name(container) + ": " + ended.text(), ended.at());
    return service
        .activity()
        .change(
            operation ->
                operation.made(container)
                    ? operation.withProblem(container.slot(), problem)
                    : operation);
  }

  private static Problem failed(String reason, Instant at) {
    return new Problem(reason, Map.of(), false, at);
  }
}
