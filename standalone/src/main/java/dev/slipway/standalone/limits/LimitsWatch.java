package dev.slipway.standalone.limits;

import dev.slipway.runtime.BackgroundTask;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks disk and heap every second. Ends the process when it would only do harm: before the disk
 * is full, or when collections of a full heap take all time.
 */
public final class LimitsWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LimitsWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Limits limits;
  private final DiskReserve disk;
  private final HeapPressure heap = new HeapPressure(OldGeneration.maxBytes());
  private final Consumer<String> console;
  private final ProcessEnd end;
  private final BackgroundTask task;
  private volatile boolean closed;

  /**
   * @param console shows a line to the person at the terminal
   */
  public LimitsWatch(Limits limits, DiskReserve disk, Consumer<String> console, ProcessEnd end) {
    this.limits = limits;
    this.disk = disk;
    this.console = console;
    this.end = end;
    this.task = BackgroundTask.every(PERIOD, "limits", this::check);
    task.start();
  }

  private void check() {
    if (closed) {
      return;
    }
    try {
      checkDisk();
    } catch (IOException failure) {
      LOG.debug("Cannot read the free space of {}", disk.folder(), failure);
    }
    checkHeap();
  }

  private void checkDisk() throws IOException {
    long free = disk.free();
    var problem = disk.problem(free);
    var before = limits.disk().orElse(null);
    limits.disk(free, problem);
    report(before, problem, "the disk has its reserve again");
    var exhaustion = disk.exhaustion(free);
    if (exhaustion != null && !closed) {
      closed = true;
      end.inOrder(exhaustion);
    }
  }

  private void checkHeap() {
    long used = OldGeneration.usedAfterCollection();
    var problem = heap.problem(used);
    var before = limits.heap().orElse(null);
    limits.heap(heap.share(used), problem);
    report(before, problem, "the heap has room again");
    var uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    if (heap.isSpinning(uptime, OldGeneration.collecting(), used) && !closed) {
      end.atOnce("collections take nearly all time, and " + problem);
    }
  }

  /**
   * Reports changes only: the numbers in a problem differ each time. Whoever reads of a change may
   * rely on it, so that it has been made by then.
   */
  private void report(@Nullable String before, @Nullable String now, String recovered) {
    if (before == null && now != null) {
      console.accept(now);
      LOG.warn("{}", now);
    } else if (before != null && now == null) {
      console.accept(recovered);
      LOG.info("{}", recovered);
    }
  }

  @Override
  public void close() {
    closed = true;
    task.requestStop();
  }
}
