package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A program of Slipway as a process of its own, with what it prints kept in a file. */
public final class Program implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(10);
  private static final long LONGEST_STOP_S = 40;

  private final Process process;
  private final Path output;
  private final AtExit atExit = new AtExit(this::stop);

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Where the repository is, as {@code ./slipway bench} says. */
  public static Path root() {
    return Path.of(System.getProperty("slipway.root", ".")).toAbsolutePath().normalize();
  }

  /** {@code ./slipway …}. */
  static Program slipway(Map<String, String> environment, Path output, String... arguments) {
    return start(root().resolve("slipway"), environment, output, arguments);
  }

  /** {@code java …}. */
  static Program java(Map<String, String> environment, Path output, String... arguments) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var all = new ArrayList<>(List.of("-XX:+ExitOnOutOfMemoryError"));
    all.addAll(List.of(arguments));
    return start(java, environment, output, all.toArray(String[]::new));
  }

  private static Program start(
      Path file, Map<String, String> environment, Path output, String... arguments) {
    var command = new ArrayList<String>();
    command.add(file.toString());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start(), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Until something can be seen of it, such as that it is ready. */
  void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!condition.getAsBoolean()) {
      if (!isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("Slipway does not start: " + printed());
      }
      Pause.millis(10);
    }
  }

  /** Until it has done what it is for. */
  void awaitEnd() {
    try {
      if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)
          || process.exitValue() != 0) {
        throw new IllegalStateException("It failed: " + printed());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** What it and its descendants hold, in MB. */
  double memory() {
    if (!isAlive()) {
      throw new IllegalStateException("It has ended: " + printed());
    }
    return Memory.of(Stream.concat(Stream.of(handle()), handle().descendants()));
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    atExit.close();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
