package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Step.Create;
import dev.slipway.agent.reconcile.Step.Nothing;
import dev.slipway.agent.reconcile.Step.Remove;
import dev.slipway.agent.reconcile.Step.ReportFound;
import dev.slipway.agent.reconcile.Step.ReportRemoved;
import dev.slipway.agent.reconcile.Step.Start;
import dev.slipway.agent.reconcile.Step.Stop;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Carries out, step by step, what one container lacks. */
public final class ContainerWork {

  private static final int MOST_STEPS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeId node;
  private final Engine engine;
  private final Reports reports;
  private final StartsDone startsDone;
  private final LogShipping logs;
  private final Semaphore slots;
  private final InstantSource clock;
  private final Map<ContainerId, Long> refusedVersions = new ConcurrentHashMap<>();

  public ContainerWork(
      NodeId node,
      Engine engine,
      Reports reports,
      java.nio.file.Path folder,
      LogShipping logs,
      int parallel,
      InstantSource clock) {
    this.node = node;
    this.engine = engine;
    this.reports = reports;
    this.startsDone = new StartsDone(folder);
    this.logs = logs;
    this.slots = new Semaphore(parallel, true);
    this.clock = clock;
  }

  void forget(ContainerId container) {
    startsDone.forget(container);
    refusedVersions.remove(container);
  }

  /** Works until the container is as wanted, or cannot be for now. */
  void carryOut(Assignment assignment) {
    if (refusedVersions.getOrDefault(assignment.container(), -1L) >= assignment.version()) {
      return;
    }
    try {
      for (int step = 0; step < MOST_STEPS; step++) {
        var name = Found.engineName(assignment.spec().name(), assignment.container());
        @Nullable Found found = engine.find(node, name).orElse(null);
        if (!take(Reconciler.next(assignment, found, starts(assignment)), assignment, found)) {
          return;
        }
      }
    } catch (EngineRefused refused) {
      giveUp(assignment, refused);
    }
  }

  /**
   * @return whether there may be more to do
   */
  private boolean take(Step step, Assignment assignment, @Nullable Found found) {
    switch (step) {
      case Create _ -> create(assignment);
      case Start(var engineId) -> start(assignment, engineId);
      case Stop(var engineId) -> engine.stop(engineId, PATIENCE);
      case Remove(var engineId) -> remove(engineId, found);
      case ReportRemoved _ -> reportRemoved(assignment);
      case ReportFound _ -> report(assignment, java.util.Objects.requireNonNull(found));
      case Nothing _ -> {}
    }
    return step instanceof Create
        || step instanceof Start
        || step instanceof Stop
        || step instanceof Remove;
  }

  private void create(Assignment assignment) {
    var image = assignment.spec().definition().get(Attributes.IMAGE);
    if (!engine.hasImage(image)) {
      engine.pull(image);
    }
    inSlot(
        () -> {
          start(assignment, engine.create(node, assignment));
        });
  }

  private void start(Assignment assignment, String engineId) {
    engine.start(engineId);
    startsDone.record(assignment.container(), assignment.starts());
  }

  private void remove(String engineId, @Nullable Found found) {
    if (found != null && found.state() == Found.State.RUNNING) {
      engine.stop(engineId, PATIENCE);
    }
    logs.finish(java.util.Objects.requireNonNull(found));
    engine.remove(engineId);
  }

  private void inSlot(Runnable work) {
    slots.acquireUninterruptibly();
    try {
      work.run();
    } finally {
      slots.release();
    }
  }

  private void reportRemoved(Assignment assignment) {
    reports.send(new Removed(assignment.service(), assignment.container(), node, clock.instant()));
  }

  private void report(Assignment assignment, Found found) {
    var end = found.end();
    if (end == null && assignment.wanted() == Assignment.Wanted.RUNNING) {
      startsDone.record(assignment.container(), assignment.starts()); // a killed agent may not have
    }
    logs.ship(found);
    reports.send(
        end == null
            ? new Running(
                assignment.service(),
                assignment.container(),
                node,
                clock.instant(),
                starts(assignment),
                found.engineId(),
                found.ipAddress(),
                found.ports())
            : new Exited(
                assignment.service(),
                assignment.container(),
                node,
                end.at(),
                starts(assignment),
                end.exitCode(),
                end.oomKilled(),
                end.error()));
  }

  private int starts(Assignment assignment) {
    return startsDone.of(assignment.container());
  }

  private void giveUp(Assignment assignment, EngineRefused refused) {
    var name = Found.engineName(assignment.spec().name(), assignment.container());
    engine.find(node, name).ifPresent(found -> engine.remove(found.engineId()));
    refusedVersions.put(assignment.container(), assignment.version());
    reports.send(
        new Failed(
            assignment.service(), assignment.container(), node, clock.instant(), refused.reason()));
  }
}
