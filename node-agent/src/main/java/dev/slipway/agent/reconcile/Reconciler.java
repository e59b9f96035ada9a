package dev.slipway.agent.reconcile;

import dev.slipway.agent.engine.Found;
import dev.slipway.agent.reconcile.Step.Create;
import dev.slipway.agent.reconcile.Step.Remove;
import dev.slipway.agent.reconcile.Step.ReportFound;
import dev.slipway.agent.reconcile.Step.ReportRemoved;
import dev.slipway.agent.reconcile.Step.Start;
import dev.slipway.agent.reconcile.Step.Stop;
import dev.slipway.agent.reconcile.Step.Wait;
import dev.slipway.model.container.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * Compares how a container is wanted with how it is found, and says what to do next. It looks at
 * what is, not at what happened: a signal that was lost or came twice changes nothing.
 */
final class Reconciler {

  private Reconciler() {}

  /**
   * @param found null if the Engine has nothing of it
   * @param starts how often it was started for the control plane before
   */
  static Step next(Assignment wanted, @Nullable Found found, int starts) {
    if (found != null && found.state() == Found.State.BEING_REMOVED) {
      return new Wait();
    }
    return switch (wanted.wanted()) {
      case RUNNING -> running(wanted, found, starts);
      case STOPPED -> stopped(wanted, found);
      case REMOVED, ERASED -> found == null ? new ReportRemoved() : new Remove(found.engineId());
    };
  }

  /**
   * A container that ended is started again only if that was asked for since: restarting what
   * crashes is the Engine's own business, by its restart policy.
   */
  private static Step running(Assignment wanted, @Nullable Found found, int starts) {
    if (found == null) {
      return new Create();
    }
    boolean askedForSince = found.state() == Found.State.EXITED && wanted.starts() > starts;
    return askedForSince || found.state() == Found.State.CREATED
        ? new Start(found.engineId())
        : new ReportFound();
  }

  /**
   * What somebody else removed is made again, so that what the API shows is there. What was started
   * by hand is stopped if a user has asked for that; if it had ended by itself it may run.
   */
  private static Step stopped(Assignment wanted, @Nullable Found found) {
    if (found == null) {
      return new Create();
    }
    return found.state() == Found.State.RUNNING && !wanted.mayBeStartedByHand()
        ? new Stop(found.engineId())
        : new ReportFound();
  }
}
