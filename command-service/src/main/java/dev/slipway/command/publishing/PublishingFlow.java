package dev.slipway.command.publishing;

import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.runtime.HealthState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether events reach Kafka, whichever process publishes them: seen from the log's own mark. */
public final class PublishingFlow {

  private final DataSource dataSource;
  private final Duration patience;
  private final InstantSource clock;
  private final BooleanSupplier filling;
  private @Nullable Position lastMark;
  private volatile Instant lastProgress;
  private volatile boolean waiting;
  private volatile boolean stalled;

  /**
   * @param patience how long events may wait before the flow counts as stalled
   * @param filling whether this process fills Kafka anew: the mark moves when that is done
   */
  public PublishingFlow(
      DataSource dataSource, Duration patience, InstantSource clock, BooleanSupplier filling) {
    this.dataSource = dataSource;
    this.patience = patience;
    this.clock = clock;
    this.filling = filling;
    this.lastProgress = clock.instant();
  }

  /** Compares the log with the mark of what is published. */
  public void look() {
    try (var connection = dataSource.getConnection()) {
      var log = new EventLog(connection);
      var mark = log.published();
      look(mark, !log.after(mark, 1).isEmpty());
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "PostgreSQL does not tell how far the log is published", failure);
    }
  }

  void look(Position mark, boolean isWaiting) {
    if (!isWaiting || !mark.equals(lastMark) || filling.getAsBoolean()) {
      lastProgress = clock.instant();
    }
    lastMark = mark;
    waiting = isWaiting;
    stalled = isWaiting && clock.instant().isAfter(lastProgress.plus(patience));
  }

  /** Whether events have waited for longer than allowed and none was published meanwhile. */
  public boolean isStalled() {
    return stalled;
  }

  /** The message to a client that writes. */
  public String message() {
    return "nothing could be published since %s; the request was not taken, try it again later"
        .formatted(lastProgress);
  }

  public HealthState health() {
    if (stalled) {
      return HealthState.down("nothing was published since %s".formatted(lastProgress));
    }
    return new HealthState(
        HealthState.Level.UP,
        java.util.Map.of("waiting", waiting, "lastProgress", lastProgress.toString()));
  }
}
