package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much of the processors' time processes have used: other people's load changes it little. */
public final class Processor {

  private static final double TICKS_A_SECOND = 100;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private Processor() {}

  /** Of all of them together, since they began. Those that have ended do not count. */
  public static double seconds(Stream<ProcessHandle> processes) {
    return processes.mapToLong(process -> ticks(process.pid())).sum() / TICKS_A_SECOND;
  }

  private static long ticks(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    } catch (IOException ended) {
      return 0;
    }
  }
}
