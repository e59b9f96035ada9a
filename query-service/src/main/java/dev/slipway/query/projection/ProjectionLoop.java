package dev.slipway.query.projection;

import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.TaskStatus;
import dev.slipway.runtime.TemporaryFailure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some topics for as long as the process lives, on a thread of its own. Nothing ends it but
 * being asked to: after each failure it begins again from what is stored.
 */
final class ProjectionLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionLoop.class);

  /** What every loop works with. */
  record Surroundings(KafkaAccess kafka, OffsetStore offsets, boolean shared) {}

  private final String name;
  private final List<Projection<?>> projections;
  private final Surroundings surroundings;
  private final ProjectionStatus status;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Consumer<String, byte[]> consumer;
  private final BackgroundTask task;

  ProjectionLoop(String name, List<Projection<?>> projections, Surroundings surroundings) {
    this.name = name;
    this.projections = List.copyOf(projections);
    this.surroundings = surroundings;
    this.task = new BackgroundTask("projection-" + name, _ -> run());
    this.status = new ProjectionStatus(projections.stream().map(p -> p.topic().topic()).toList());
  }

  TaskStatus task() {
    return task.status();
  }

  String name() {
    return name;
  }

  ProjectionStatus status() {
    return status;
  }

  void start() {
    task.start();
  }

  void stop() {
    stopping.countDown();
    var reading = consumer;
    if (reading != null) {
      reading.wakeup();
    }
    task.stop();
  }

  private void run() {
    var backOff = new BackOff(stopping);
    while (!isStopping()) {
      try (var opened = surroundings.kafka.consumer(name)) {
        consumer = opened;
        status.beginsAnew();
        new LogReader(name, opened, projections, surroundings, status, stopping).read(backOff);
      } catch (FollowedCopy.Replaced replaced) {
        beginAgain(replaced);
      } catch (WakeupException | InterruptException asked) {
        LOG.debug("The projection of {} ends", name);
      } catch (RuntimeException failure) {
        status.inTrouble(String.valueOf(failure.getMessage()));
        backOff.log(LOG, "reading the log for " + name, failure);
        backOff.pause();
      } finally {
        consumer = null;
      }
    }
  }

  /** The views go with the offsets: what they show may never have happened in the other copy. */
  private void beginAgain(FollowedCopy.Replaced replaced) {
    LOG.warn("{}: the views of {} are built again", replaced.getMessage(), name);
    status.building(0);
    try {
      if (surroundings.offsets.copy(name).filter(replaced.copy()::equals).isPresent()) {
        return; // another instance has removed them
      }
      projections.forEach(Projection::forget);
      surroundings.offsets.forget(status.partitions());
      surroundings.offsets.store(name, replaced.copy());
    } catch (RuntimeException failure) {
      LOG.warn("Cannot remove the views of {}: {}; retrying", name, failure.toString());
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Pauses that grow, end when the loop is to stop, and fill no log file. */
  static final class BackOff {

    private static final long FIRST_MS = 100;
    private static final long LONGEST_MS = 5_000;
    private static final long LOG_EVERY_NS = TimeUnit.MINUTES.toNanos(1);

    private final CountDownLatch stopping;
    private long next = FIRST_MS;
    private long lastLogged = System.nanoTime() - LOG_EVERY_NS;
    private @Nullable String lastMessage;
    private @Nullable Long failingSince;

    BackOff(CountDownLatch stopping) {
      this.stopping = stopping;
    }

    void reset() {
      failingSince = null;
      next = FIRST_MS;
      lastMessage = null;
    }

    void pause() {
      try {
        if (stopping.await(next, TimeUnit.MILLISECONDS)) {
          throw new WakeupException();
        }
      } catch (InterruptedException interrupted) {
        throw new InterruptException(interrupted);
      }
      next = Math.min(LONGEST_MS, next * 2);
    }

    void log(Logger log, String what, RuntimeException failure) {
      long now = System.nanoTime();
      var since = failingSince == null ? now : failingSince;
      failingSince = since;
      if (failure instanceof TemporaryFailure expected
          && now - since < expected.expectedFor().toNanos()) {
        log.debug("{} waits: {}", what, failure.getMessage());
        return;
      }
      var message = failure.toString();
      if (!message.equals(lastMessage) || System.nanoTime() - lastLogged > LOG_EVERY_NS) {
        log.warn("Failed at {}; it is tried again until it works", what, failure);
        lastMessage = message;
        lastLogged = System.nanoTime();
      }
    }
  }
}
