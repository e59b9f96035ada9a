package dev.slipway.query.projection;

import dev.slipway.model.api.ReadModel;
import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what this process applies without asking the store, and looks into the store for what
 * another instance applies.
 */
final class StoredReadModel implements ReadModel {

  private static final Logger LOG = LoggerFactory.getLogger(StoredReadModel.class);

  private static final long OTHERS_POLL_MS = 5;

  /** Only for what was applied too long ago to be remembered: it is in the store already. */
  private static final long OWN_POLL_MS = 200;

  private final AppliedVersions applied;
  private final Map<View, ViewCollection> views;
  private final Projections projections;

  StoredReadModel(
      AppliedVersions applied, Map<View, ViewCollection> views, Projections projections) {
    this.applied = applied;
    this.views = Map.copyOf(views);
    this.projections = projections;
  }

  @Override
  public boolean awaitApplied(List<ReadModel.Applied> wanted, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      for (var one : wanted) {
        if (!await(one, deadline)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException | ExecutionException failure) {
      LOG.warn("The read model can not be asked: {}", failure.toString());
      return false;
    }
  }

  private boolean await(ReadModel.Applied one, long deadline)
      throws InterruptedException, ExecutionException {
    var arrival = applied.arrival(one.view(), one.id(), one.version());
    try {
      if (arrival.isDone()) {
        return true;
      }
      boolean own = projections.own(topic(one.view()), one.id());
      long pause = TimeUnit.MILLISECONDS.toNanos(own ? OWN_POLL_MS : OTHERS_POLL_MS);
      while (true) {
        long left = deadline - System.nanoTime();
        if (arrives(arrival, Math.max(0, Math.min(pause, left))) || isStored(one)) {
          return true;
        }
        if (left <= 0 || !projections.areBuilt()) {
          return false;
        }
        pause = own ? pause * 2 : pause;
      }
    } finally {
      applied.giveUp(one.view(), one.id(), arrival);
    }
  }

  private static boolean arrives(CompletableFuture<Void> arrival, long nanos)
      throws InterruptedException, ExecutionException {
    try {
      arrival.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  private boolean isStored(ReadModel.Applied one) {
    var view = views.get(one.view());
    return view != null && view.version(one.id()) >= one.version();
  }

  private static Topics topic(View view) {
    return switch (view) {
      case SERVICE -> Topics.SERVICE_EVENTS;
      case STACK -> Topics.STACK_EVENTS;
      case ACTION -> Topics.ACTION_EVENTS;
      case NODE -> Topics.NODE_EVENTS;
    };
  }
}
