package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Image;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.NameInUse;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.node.NodeId;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** Makes and starts containers, so many at a time. */
final class ContainerStarter {

  private final NodeId node;
  private final Engine engine;
  private final Images images;
  private final ContainerReports reports;
  private final WaitingReports waiting;
  private final StartsDone startsDone;
  private final OwnStarts ownStarts;
  private final Pace pace;
  private final Semaphore slots;
  private final InstantSource clock;

  ContainerStarter(
      NodeId node,
      Engine engine,
      Images images,
      ContainerReports reports,
      WaitingReports waiting,
      StartsDone startsDone,
      OwnStarts ownStarts,
      Pace pace,
      InstantSource clock) {
    this.node = node;
    this.engine = engine;
    this.images = images;
    this.reports = reports;
    this.waiting = waiting;
    this.startsDone = startsDone;
    this.ownStarts = ownStarts;
    this.pace = pace;
    this.slots = new Semaphore(pace.parallel(), true);
    this.clock = clock;
  }

  void create(Assignment assignment) {
    var name = imageName(assignment);
    var image =
        waiting.during(
            assignment,
            "pulling image " + name,
            () ->
                images.get(name, assignment.login(), Images.Start.of(assignment), clock.instant()));
    inSlot(assignment, () -> create(assignment, image));
  }

  private void create(Assignment assignment, Image image) {
    try {
      var engineId = engine.create(node, assignment, image);
      reports.created(assignment, engineId, image);
      if (assignment.wanted() == Assignment.Wanted.RUNNING) {
        start(assignment, engineId);
      }
    } catch (NameInUse taken) {
      if (engine.find(node, assignment.container()).isEmpty()) {
        throw taken; // by somebody else; what an agent before made is gone on with
      }
    }
  }

  private static String imageName(Assignment assignment) {
    return assignment.spec().definition().get(Attributes.IMAGE);
  }

  /** A container that was made and not started may not have been reported. */
  void startFound(Assignment assignment, String engineId, Found found) {
    if (found.state() == Found.State.CREATED) {
      reports.created(assignment, engineId, images.local(imageName(assignment)));
    }
    inSlot(assignment, () -> start(assignment, engineId));
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

  private void inSlot(Assignment assignment, Runnable work) {
    if (!slots.tryAcquire()) {
      boolean _ =
          waiting.during(
              assignment,
              "the node makes %d containers at a time (SLIPWAY_PARALLEL), and others come first"
                  .formatted(pace.parallel()),
              () -> {
                slots.acquireUninterruptibly();
                return true;
              });
    }
    try {
      work.run();
    } finally {
      slots.release();
    }
  }
}
