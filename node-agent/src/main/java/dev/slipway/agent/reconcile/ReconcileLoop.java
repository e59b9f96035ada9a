package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every container to where it is wanted. Invariants:
 *
 * <ul>
 *   <li>one thread at a time works at a container; a signal that comes meanwhile makes it look
 *       again;
 *   <li>nothing depends on a signal: the timer looks at every container anyway;
 *   <li>a container is removed only on an explicit word: a record that says so, or a complete list
 *       that is newer than the container and does not name it. What is absent proves nothing.
 * </ul>
 */
public final class ReconcileLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);
  private static final Duration KEPT_FOR_THE_NEXT = Duration.ofMinutes(1);

  private final NodeId node;
  private final Engine engine;
  private final Assignments assignments;
  private final ContainerWork work;
  private final LogShipping logs;
  private final Map<ContainerId, AtomicInteger> signals = new ConcurrentHashMap<>();
  private final Map<ContainerId, Assignment> dropped = new ConcurrentHashMap<>();
  private final UnlistedContainers unlisted;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ReconcileLoop(
      NodeId node,
      Engine engine,
      Assignments assignments,
      ContainerWork work,
      LogShipping logs,
      Duration grace,
      InstantSource clock) {
    this.node = node;
    this.engine = engine;
    this.assignments = assignments;
    this.work = work;
    this.logs = logs;
    this.unlisted = new UnlistedContainers(grace, clock);
  }

  /** Takes what the control plane wants of a container. */
  public void assign(Assignment assignment) {
    boolean first = assignments.isComplete() && !assignments.knows(assignment.container());
    if (assignments.put(assignment)) {
      dropped.remove(assignment.container());
      boolean adopted = unlisted.isUnowned(assignment.container());
      unlisted.assigned(assignment.container());
      if (first && !adopted) {
        work.expectNothingOf(assignment.container());
      }
      signal(assignment.container());
    }
  }

  private void discardLater(Assignment last) {
    dropped.put(last.container(), last);
    signal(last.container());
  }

  private void tidy(Duration unneeded) {
    try {
      engine.tidy(node, unneeded);
    } catch (RuntimeException failure) {
      LOG.debug("What nobody needs is removed later", failure);
    }
  }

  /** Takes all assignments that have been read so far; new ones follow. */
  public void assignAll(Collection<Assignment> wanted) {
    wanted.forEach(this::assign);
    assignmentsComplete();
  }

  /** Ends containers by an explicit record, whether this agent has an assignment of them or not. */
  public void end(Collection<ContainerId> containers) {
    for (var container : containers) {
      var last = assignments.of(container);
      assignments.drop(container);
      last.ifPresentOrElse(this::discardLater, () -> work.forget(container));
    }
    unlisted.end(containers);
  }

  /** Takes a complete list: what is in its past and not on it ends. */
  public void accept(AssignmentList list) {
    assignments.take(list).forEach(this::discardLater);
  }

  /** Containers that the Engine has and that nothing accounts for. */
  public List<Unowned> unowned() {
    return unlisted.unowned();
  }

  /** Containers that the newest list names and of which no record has come. */
  public List<ContainerId> withoutRecord() {
    return assignments.withoutRecord();
  }

  /** All assignments of before have been read. */
  public void assignmentsComplete() {
    assignments.markComplete();
    sweep();
  }

  /** The Engine says that it was started, which is no news if it was so for us. */
  public void started(ContainerId container) {
    if (!work.ownStarts().await(container)) {
      signal(container);
    }
  }

  /** The Engine says that something else became of it. */
  public void changed(ContainerId container) {
    work.ownStarts().forget(container);
    signal(container);
  }

  /** Has a look taken at a container, soon; never blocks. */
  public void signal(ContainerId container) {
    if (!assignments.isComplete()) {
      return;
    }
    var waiting = signals.computeIfAbsent(container, _ -> new AtomicInteger());
    if (waiting.getAndIncrement() == 0) {
      var _ = threads.submit(() -> look(container, waiting));
    }
  }

  /** Looks once for all signals that came before it began. */
  private void look(ContainerId container, AtomicInteger waiting) {
    int seen;
    do {
      seen = waiting.get();
      try {
        work(container);
      } catch (EngineUnavailable unavailable) {
        LOG.debug("{} waits for the Engine", container, unavailable);
        assignments.of(container).ifPresent(wanted -> work.failed(wanted, unavailable));
      } catch (RuntimeException failure) {
        LOG.warn("Container {} is looked at again later", container, failure);
        assignments.of(container).ifPresent(wanted -> work.failed(wanted, failure));
      }
    } while (waiting.addAndGet(-seen) > 0);
    if (!assignments.knows(container)) {
      signals.remove(container, waiting);
    }
  }

  private void work(ContainerId container) {
    var wanted = assignments.of(container);
    var last = dropped.get(container);
    if (wanted.isPresent()) {
      lookAfter(work.carryOut(wanted.get()), container);
    } else if (last != null) {
      work.discard(last);
      dropped.remove(container, last);
    }
  }

  private void lookAfter(Duration wait, ContainerId container) {
    if (!wait.isZero()) {
      var _ =
          threads.submit(
              () -> {
                Thread.sleep(wait);
                signal(container);
                return container;
              });
    }
  }

  /** Looks at everything: what is wanted, and what is found and is not. */
  public synchronized void sweep() {
    if (!assignments.isComplete()) {
      return;
    }
    Map<ContainerId, Found> found;
    try {
      found =
          engine.list(node).stream()
              .collect(
                  Collectors.toMap(one -> one.labels().container(), one -> one, (one, _) -> one));
    } catch (EngineUnavailable unavailable) {
      LOG.debug("The Engine is not there to be looked at", unavailable);
      return;
    }
    assignments.all().forEach(assignment -> signal(assignment.container()));
    dropped.keySet().forEach(this::signal);
    var wanted = assignments.all().stream().map(Assignment::container).collect(Collectors.toSet());
    found.values().forEach(logs::ship);
    removeUnwanted(found, wanted);
    wanted.addAll(found.keySet());
    logs.keepOnly(wanted);
    tidy(KEPT_FOR_THE_NEXT);
  }

  private void removeUnwanted(Map<ContainerId, Found> found, Set<ContainerId> wanted) {
    var without = new HashMap<>(found);
    without.keySet().removeAll(wanted);
    without.keySet().removeAll(dropped.keySet());
    for (var one : unlisted.removable(without.values(), assignments.list().orElse(null))) {
      var _ = threads.submit(() -> work.end(one, ContainerWork.PATIENCE));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean _ = threads.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    tidy(Duration.ZERO);
  }
}
