package dev.slipway.query.logs;

import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.util.unit.DataSize;

/** Drops lines that are too old or too many: every minute, and sooner when many came. */
final class LogRetention {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int LOOKS_A_MINUTE = 60;

  /**
   * What is kept: as long as all of it is within these.
   *
   * @param size of the texts together
   */
  record Limits(Duration age, long lines, DataSize size) {}

  private final LogStore store;
  private final Limits limits;
  private final Clock clock;
  private final AtomicLong addedLines = new AtomicLong();
  private final AtomicLong addedSize = new AtomicLong();
  private int looks;

  LogRetention(LogStore store, Limits limits, Clock clock) {
    this.store = store;
    this.limits = limits;
    this.clock = clock;
  }

  Limits limits() {
    return limits;
  }

  void added(List<LogChunk> chunks) {
    addedLines.addAndGet(chunks.stream().mapToLong(chunk -> chunk.lines().size()).sum());
    addedSize.addAndGet(chunks.stream().mapToLong(LogChunk::size).sum());
  }

  void trim() {
    addedLines.set(0);
    addedSize.set(0);
    store.dropBefore(clock.instant().minus(limits.age()));
    store.dropAllBut(limits.lines(), limits.size().toBytes());
  }

  /** Whether a tenth of what may be kept has come since the last time. */
  private boolean isMuch() {
    return addedLines.get() > limits.lines() / 10 || addedSize.get() > limits.size().toBytes() / 10;
  }

  private void look() {
    looks = (looks + 1) % LOOKS_A_MINUTE;
    if (looks != 0 && !isMuch()) {
      return;
    }
    trim();
  }

  /** The task that does so. */
  BackgroundTask task() {
    return BackgroundTask.every(BETWEEN_LOOKS, "log-retention", this::look);
  }
}
