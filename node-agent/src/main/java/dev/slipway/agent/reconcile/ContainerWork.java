package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.SourceMissing;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Step.Create;
import dev.slipway.agent.reconcile.Step.Remove;
import dev.slipway.agent.reconcile.Step.ReportFound;
import dev.slipway.agent.reconcile.Step.ReportRemoved;
import dev.slipway.agent.reconcile.Step.Start;
import dev.slipway.agent.reconcile.Step.Stop;
import dev.slipway.agent.reconcile.Step.Wait;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeployOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Carries out, step by step, what one container lacks. */
public final class ContainerWork {
  private static final int MOST_STEPS = 6;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeId node;
  private final Engine engine;
  private final ContainerStarter starter;
  private final ContainerReports reports;
  private final WaitingReports waiting;
  private final StartsDone startsDone;
  private final LogShipping logs;
  private final HealthGate gate;
  private final Pace pace;
  private final Map<ContainerId, Long> refusedVersions = new ConcurrentHashMap<>();
  private final Set<ContainerId> notMadeYet = ConcurrentHashMap.newKeySet();
  private final OwnStarts ownStarts = new OwnStarts();

  /**
   * @param folder to remember in what was done
   */
  public ContainerWork(
      NodeId node,
      Engine engine,
      Images images,
      Reports reports,
      Path folder,
      LogShipping logs,
      Pace pace,
      InstantSource clock) {
    this.node = node;
    this.engine = engine;
    this.startsDone = new StartsDone(folder.resolve("starts"));
    this.gate = new HealthGate(engine, folder.resolve("healthy"), clock);
    this.reports = new ContainerReports(node, reports, startsDone, pace.monitor(), clock);
    this.waiting = new WaitingReports(node, reports, clock);
    this.starter =
        new ContainerStarter(
            node, engine, images, this.reports, waiting, startsDone, ownStarts, pace, clock);
    this.logs = logs;
    this.pace = pace;
  }

  /** It is wanted for the first time, so that most likely there is nothing to find of it. */
  void expectNothingOf(ContainerId container) {
    notMadeYet.add(container);
  }

  OwnStarts ownStarts() {
    return ownStarts;
  }

  void forget(ContainerId container) {
    startsDone.forget(container);
    gate.forget(container);
    reports.forget(container);
    waiting.forget(container);
    refusedVersions.remove(container);
    notMadeYet.remove(container);
    ownStarts.forget(container);
  }

  /**
   * Works until the container is as wanted, or cannot be for now.
   *
   * @return how long to wait before it is looked at again, none if a signal will tell
   */
  Duration carryOut(Assignment assignment) {
    if (refusedVersions.getOrDefault(assignment.container(), -1L) >= assignment.version()) {
      return Duration.ZERO;
    }
    boolean madeYet = !notMadeYet.remove(assignment.container());
    try {
      if (!madeYet && assignment.wanted() == Assignment.Wanted.RUNNING) {
        starter.create(assignment);
      }
      for (int step = 0; step < MOST_STEPS; step++) {
        @Nullable Found found = find(assignment);
        int starts = startsDone.of(assignment.container());
        var next = Reconciler.next(assignment, found, starts);
        if (next instanceof Step.ReportFound) {
          return report(assignment, Objects.requireNonNull(found));
        }
        if (!take(next, assignment, found)) {
          return Duration.ZERO;
        }
      }
    } catch (SourceMissing notYet) {
      waiting.waits(assignment, notYet.reason());
      return BETWEEN_TRIES; // the operation's deadline ends it if nobody brings the source
    } catch (EngineRefused refused) {
      giveUp(assignment, refused);
    }
    return Duration.ZERO;
  }

  private @Nullable Found find(Assignment assignment) {
    return engine.find(node, assignment.container()).orElse(null);
  }

  /**
   * @return whether there may be more to do
   */
  private boolean take(Step step, Assignment assignment, @Nullable Found found) {
    switch (step) {
      case Create _ -> starter.create(assignment);
      case Start(var engineId) ->
          starter.startFound(assignment, engineId, Objects.requireNonNull(found));
      case Stop(var engineId) -> engine.stop(engineId, patience(assignment));
      case Remove _ -> remove(assignment, Objects.requireNonNull(found));
      case ReportRemoved _ -> finishRemoval(assignment);
      case Wait _ -> waiting.waits(assignment, "the Engine is removing the container");
      case ReportFound _ -> {}
    }
    return !(step instanceof ReportRemoved || step instanceof Wait);
  }

  private void remove(Assignment assignment, Found found) {
    var order = assignment.spec().definition().get(Attributes.DEPLOY_ORDER);
    if (found.state() == Found.State.RUNNING && order == DeployOrder.START_FIRST) {
      pace.sayFarewell();
    }
    end(found, patience(assignment));
  }

  /** Removes what is there of a container that nobody wants any more, and forgets it. */
  void discard(Assignment assignment) {
    @Nullable Found found = find(assignment);
    if (found != null) {
      end(found, patience(assignment));
    }
    forget(assignment.container());
  }

  private static Duration patience(Assignment assignment) {
    var grace = assignment.spec().definition().find(Attributes.STOP_GRACE_PERIOD);
    return grace == null ? PATIENCE : Duration.ofSeconds(grace);
  }

  void end(Found found, Duration patience) {
    if (found.state() == Found.State.RUNNING) {
      engine.stop(found.engineId(), patience);
    }
    logs.finish(found);
    engine.remove(found.engineId());
  }

  private void finishRemoval(Assignment assignment) {
    boolean erased =
        assignment.wanted() == Assignment.Wanted.ERASED && engine.eraseVolumes(assignment);
    reports.removed(assignment, erased);
  }

  /** Notes that the container could not be worked at, to report it if it is not as wanted yet. */
  void failed(Assignment assignment, RuntimeException failure) {
    if (!reports.hasTold(assignment)) {
      waiting.waits(assignment, String.valueOf(failure.getMessage()));
    }
  }

  private Duration report(Assignment assignment, Found found) {
    logs.ship(found);
    if (assignment.wanted() != Assignment.Wanted.RUNNING) {
      waiting.over(assignment.container());
      return reports.found(assignment, found, false);
    }
    if (found.end() == null) { // a killed agent may not have written it down
      startsDone.record(assignment.container(), assignment.starts());
    }
    var wait = gate.check(assignment, found);
    if (wait.isZero()) {
      waiting.over(assignment.container());
      return reports.found(assignment, found, gate.isPassed(assignment));
    }
    var problem = gate.problem(assignment.container());
    waiting.waits(assignment, "its health check fails: " + problem);
    return wait;
  }

  private void giveUp(Assignment assignment, EngineRefused refused) {
    discard(assignment);
    reports.failed(assignment, refused.reason());
    refusedVersions.put(assignment.container(), assignment.version());
  }
}
