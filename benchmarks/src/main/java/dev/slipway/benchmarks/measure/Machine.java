package dev.slipway.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the figures were taken on, and how busy it was before. */
public final class Machine {

  private Machine() {}

  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * @param loadBefore the run's own work began
   */
  public static String describe(double loadBefore, int rounds) {
    return String.format(
        Locale.ROOT,
        "%s; %d cores, %s, Linux %s, Java %s; load average before the run %.1f; %d rounds, after one to warm up.",
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.version"),
        Runtime.version(),
        loadBefore,
        rounds);
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
