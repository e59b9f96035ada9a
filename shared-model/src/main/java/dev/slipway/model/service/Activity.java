package dev.slipway.model.service;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The work that is done on a service.
 *
 * @param operation on the service as a whole, null if none is under way
 * @param queue what waits for its end, the next one first
 * @param ofContainers work on single containers
 * @param last how the last operation ended, null if there was none
 */
public record Activity(
    @Nullable Operation operation,
    List<QueuedOperation> queue,
    List<ContainerOperation> ofContainers,
    @Nullable Outcome last) {

  public static final Activity NONE = new Activity(null, List.of(), List.of(), null);

  public Activity {
    queue = List.copyOf(queue);
    ofContainers = List.copyOf(ofContainers);
  }

  public boolean isIdle() {
    return operation == null && ofContainers.isEmpty();
  }

  /** The work on the container, if there is any. */
  public Optional<ContainerOperation> of(ContainerId container) {
    return ofContainers.stream().filter(one -> one.container().equals(container)).findFirst();
  }

  /** Whether what is removed from the slot leaves its volumes to what follows it. */
  public boolean leavesVolumes(int slot) {
    return (operation != null && operation.leavesVolumes())
        || ofContainers.stream().anyMatch(one -> one.slot() == slot && one.leavesVolumes());
  }

  /** Whether what is placed in the slot begins with empty volumes. */
  public boolean renewsVolumes(int slot) {
    return (operation != null && operation.renewsVolumes())
        || ofContainers.stream().anyMatch(one -> one.slot() == slot && one.renewsVolumes());
  }

  Activity begun(Operation begun) {
    return new Activity(begun, without(queue, q -> q.id().equals(begun.id())), ofContainers, last);
  }

  Activity ended(boolean success, @Nullable String reason, Instant at) {
    return operation == null
        ? this
        : new Activity(null, queue, ofContainers, new Outcome(operation, at, success, reason));
  }

  Activity change(UnaryOperator<Operation> change) {
    return operation == null
        ? this
        : new Activity(change.apply(operation), queue, ofContainers, last);
  }

  /** An operation that waits already is told anew, and keeps its place. */
  Activity queued(QueuedOperation told) {
    var known = queue.stream().anyMatch(one -> one.id().equals(told.id()));
    var waiting =
        known
            ? queue.stream().map(one -> one.id().equals(told.id()) ? told : one).toList()
            : with(queue, told);
    return new Activity(operation, waiting, ofContainers, last);
  }

  Activity unqueued(ActionId id) {
    return new Activity(operation, without(queue, q -> q.id().equals(id)), ofContainers, last);
  }

  Activity begun(ContainerOperation begun) {
    return new Activity(operation, queue, with(ofContainers, begun), last);
  }

  Activity endedOfContainer(ActionId id) {
    return new Activity(operation, queue, without(ofContainers, o -> o.id().equals(id)), last);
  }

  Activity changeOfContainer(
      Predicate<ContainerOperation> which, UnaryOperator<ContainerOperation> change) {
    return new Activity(
        operation,
        queue,
        ofContainers.stream().map(one -> which.test(one) ? change.apply(one) : one).toList(),
        last);
  }

  private static <T> List<T> with(List<T> list, T more) {
    var longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }

  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    return list.stream().filter(gone.negate()).toList();
  }
}
