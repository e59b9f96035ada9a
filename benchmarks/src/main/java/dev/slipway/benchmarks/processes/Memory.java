package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory processes hold, where what they share is counted once. */
public final class Memory {

  private Memory() {}

  /** Of all of them together, in MB. */
  public static double of(Stream<ProcessHandle> processes) {
    return processes.mapToLong(process -> proportional(process.pid())).sum() / 1024.0;
  }

  /** In kB; none of one that has just ended. */
  private static long proportional(long pid) {
    return kilobytes(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
  }

  /** The most that the process itself has ever held, in MB. */
  public static double peak(ProcessHandle process) {
    return kilobytes(Path.of("/proc", Long.toString(process.pid()), "status"), "VmHWM:") / 1024.0;
  }

  private static long kilobytes(Path file, String field) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException _) {
      return 0;
    }
  }
}
