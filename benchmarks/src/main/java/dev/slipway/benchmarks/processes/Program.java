package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./slipway …} as a process of its own, with what it prints kept in a file. */
public final class Program implements AutoCloseable {

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

  static Program slipway(Map<String, String> environment, Path output, String... arguments) {
    var command = new ArrayList<String>();
    command.add(root().resolve("slipway").toString());
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
