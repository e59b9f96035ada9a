package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.NameInUse;
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
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Carries out, step by step, what one container lacks. */
public final class ContainerWork {

  private static final int MOST_STEPS = 6;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeId node;
  private final Engine engine;
  private final Images images;
  private final ContainerReports reports;
  private final StartsDone startsDone;
  private final LogShipping logs;
  private final HealthGate gate;
  private final Semaphore slots;
  private final Pace pace;
  private final InstantSource clock;
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
    this.images = images;
    this.startsDone = new StartsDone(folder.resolve("starts"));
    this.gate = new HealthGate(engine, folder.resolve("healthy"), clock);
    this.reports = new ContainerReports(node, reports, startsDone, clock);
    this.logs = logs;
    this.slots = new Semaphore(pace.parallel(), true);
    this.pace = pace;
    this.clock = clock;
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
        create(assignment);
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
      case Create _ -> create(assignment);
      case Start(var engineId) -> startFound(assignment, engineId, Objects.requireNonNull(found));
      case Stop(var engineId) -> engine.stop(engineId, PATIENCE);
      case Remove _ -> remove(assignment, Objects.requireNonNull(found));
      case ReportRemoved _ -> finishRemoval(assignment);
      case ReportFound _, Wait _ -> {}
    }
    return !(step instanceof ReportRemoved || step instanceof Wait);
  }

  private void create(Assignment assignment) {
    var image = images.get(imageName(assignment), Images.Start.of(assignment), clock.instant());
    inSlot(
        () -> {
          try {
            var engineId = engine.create(node, assignment, image);
            reports.created(assignment, engineId, image);
            if (assignment.wanted() == Assignment.Wanted.RUNNING) {
              start(assignment, engineId);
            }
          } catch (NameInUse taken) {
            if (find(assignment) == null) {
              throw taken; // by somebody else; what an agent before made is gone on with
            }
          }
        });
  }

  private static String imageName(Assignment assignment) {
    return assignment.spec().definition().get(Attributes.IMAGE);
  }

  /** A container that was made and not started may not have been told of. */
  private void startFound(Assignment assignment, String engineId, Found found) {
    if (found.state() == Found.State.CREATED) {
      reports.created(assignment, engineId, images.local(imageName(assignment)));
    }
    inSlot(() -> start(assignment, engineId));
  }

  private void start(Assignment assignment, String engineId) {
    ownStarts.begin(assignment.container());
    try {
      engine.start(engineId);
    } catch (EngineRefused | EngineUnavailable failure) {
      ownStarts.forget(assignment.container());
      throw failure;
    }
    startsDone.record(assignment.container(), assignment.starts());
  }

  private void remove(Assignment assignment, Found found) {
    var order = assignment.spec().definition().get(Attributes.DEPLOY_ORDER);
    if (found.state() == Found.State.RUNNING && order == DeployOrder.START_FIRST) {
      pace.sayFarewell();
    }
    end(found);
  }

  /** Removes what is there of a container that nobody wants any more, and forgets it. */
  void discard(Assignment assignment) {
    @Nullable Found found = find(assignment);
    if (found != null) {
      end(found);
    }
    forget(assignment.container());
  }

  void end(Found found) {
    if (found.state() == Found.State.RUNNING) {
      engine.stop(found.engineId(), PATIENCE);
    }
    logs.finish(found);
    engine.remove(found.engineId());
  }

  private void inSlot(Runnable work) {
    slots.acquireUninterruptibly();
    try {
      work.run();
    } finally {
      slots.release();
    }
  }

  private void finishRemoval(Assignment assignment) {
    boolean erased =
        assignment.wanted() == Assignment.Wanted.ERASED && engine.eraseVolumes(assignment);
    reports.removed(assignment, erased);
  }

  private Duration report(Assignment assignment, Found found) {
    logs.ship(found);
    if (assignment.wanted() != Assignment.Wanted.RUNNING) {
      return reports.found(assignment, found);
    }
    if (found.end() == null) { // a killed agent may not have written it down
      startsDone.record(assignment.container(), assignment.starts());
    }
    var wait = gate.check(assignment, found);
    return wait.isZero() ? reports.found(assignment, found) : wait;
  }

  private void giveUp(Assignment assignment, EngineRefused refused) {
    discard(assignment);
    reports.failed(assignment, refused.reason());
    refusedVersions.put(assignment.container(), assignment.version());
  }
}
