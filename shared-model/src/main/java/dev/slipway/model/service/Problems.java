package dev.slipway.model.service;

import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerRuntime.Ended;
import dev.slipway.model.service.Operation.Problem;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
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

  /**
   * What a redeploy has made and ends with an error by itself is a failure of the redeploy; what
   * any operation has started and ends so before it counts as running is a failure of that.
   *
   * @param early whether it had not yet run for long enough to count
   */
  static Activity ofEnd(ContainerId id, Ended ended, boolean early, Service service) {
    var container = service.fleet().find(id).orElse(null);
    if (container == null || ended.isSuccess() || container.phase().wanted() != Wanted.RUNNING) {
      return service.activity();
    }
    var reason = service.name(container) + ": " + ended.text();
    return early && container.isOnTrial()
        ? failedToStart(container, reason, ended.at(), service)
        : service
            .activity()
            .change(
                operation ->
                    operation.made(container)
                        ? operation.withProblem(container.slot(), failed(reason, ended.at()))
                        : operation);
  }

  /** What its Engine starts again and again has failed when it ends for the second time. */
  static Activity ofRestart(ContainerStarted started, Service before, Service after, Instant at) {
    var was = before.fleet().find(started.container()).orElse(null);
    var now = after.fleet().find(started.container()).orElse(null);
    if (was == null || now == null || !was.isOnTrial() || !now.isCrashing()) {
      return after.activity();
    }
    var ended = now.runtime().ended();
    var reason =
        "%s: %s again and again".formatted(after.name(now), ended == null ? "ended" : ended.text());
    return failedToStart(now, reason, at, after);
  }

  private static Activity failedToStart(
      Container container, String reason, Instant at, Service service) {
    return service
        .activity()
        .change(
            operation ->
                operation.startsContainers()
                    ? operation.withProblem(container.slot(), failed(reason, at))
                    : operation)
        .changeOfContainer(
            one -> one.container().equals(container.id()), one -> one.withProblem(reason));
  }

  private static Problem failed(String reason, Instant at) {
    return new Problem(reason, Map.of(), false, at);
  }
}
