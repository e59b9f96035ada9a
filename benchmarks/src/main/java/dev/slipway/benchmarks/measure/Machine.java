package dev.slipway.benchmarks.measure;

import dev.slipway.benchmarks.processes.Pause;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the figures were taken on, and how busy it was before. */
public final class Machine {

  private static final long LONGEST_SETTLING_NS = TimeUnit.SECONDS.toNanos(5);
  private static final int A_MOMENT_MS = 200;
  private static final int A_WHILE_MS = 1_000;
  private static final double QUIET = 0.2;
  private static final int IDLE = 3;
  private static final int WAITS_FOR_DISK = 4;

  /** What others do goes on: seen when this is first used, which is before anything begins. */
  private static final double OTHERS = busyShare(A_WHILE_MS);

  private Machine() {}

  /**
   * Waits until what ran before leaves the processors to the next, but not for ever: a swarm that
   * was left goes on for seconds.
   */
  static void settle() {
    long end = System.nanoTime() + LONGEST_SETTLING_NS;
    while (busyShare(A_MOMENT_MS) > OTHERS + QUIET && System.nanoTime() < end) {}
  }

  /** Of all processors, in the next moment. */
  private static double busyShare(int millis) {
    var before = ticks();
    Pause.millis(millis);
    var after = ticks();
    double all = after.all() - before.all();
    return all == 0 ? 0 : 1 - (after.idle() - before.idle()) / all;
  }

  private record Ticks(double all, double idle) {}

  private static Ticks ticks() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      var figures =
          lines
              .findFirst()
              .map(
                  line ->
                      Arrays.stream(line.split("\\s+")).skip(1).mapToDouble(Double::parseDouble))
              .orElseThrow()
              .toArray();
      return new Ticks(Arrays.stream(figures).sum(), figures[IDLE] + figures[WAITS_FOR_DISK]);
    } catch (IOException _) {
      return new Ticks(0, 0);
    }
  }

  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The date, and what there is of everything. */
  public static String describe() {
    return String.format(
        Locale.ROOT,
        "%s; %d cores, %s, Linux %s, Java %s",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.version"),
        Runtime.version());
  }

  private static String memory() {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / (1024 * 1024) + " GiB")
          .findFirst()
          .orElse("unknown memory");
    } catch (IOException _) {
      return "unknown memory";
    }
  }
}
