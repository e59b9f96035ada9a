package dev.slipway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of ours as a process of its own, with what it prints kept in a file. */
final class Program implements AutoCloseable {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private final Process process;
  private final Path output;

  private Program(List<String> command, Map<String, String> environment, Path output) {
    this.output = output;
    try {
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
      builder.environment().put("SLIPWAY_MONITOR", "0s"); // what is not about it need not wait
      builder.environment().put("SLIPWAY_INIT", "true"); // test images ignore SIGTERM
      builder.environment().putAll(environment);
      this.process = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All in one process, from the jars that were just built. */
  static Program standalone(Map<String, String> environment, Path output, String... arguments) {
    return standalone(List.of(), environment, output, arguments);
  }

  /**
   * The same, run by another command.
   *
   * @param by the command that takes ours as arguments, and becomes it
   */
  static Program standalone(
      List<String> by, Map<String, String> environment, Path output, String... arguments) {
    var classes =
        "%s:%s/*"
            .formatted(
                jar("standalone", ".jar"), ROOT.resolve("standalone/target/lib").toAbsolutePath());
    var command = new ArrayList<>(by);
    command.addAll(
        java("-XX:+UseSerialGC", "-Xmx1g", "-cp", classes, "dev.slipway.standalone.Standalone"));
    command.addAll(List.of(arguments));
    return new Program(command, environment, output);
  }

  /** One of the services, from its own executable jar. */
  static Program service(String module, Map<String, String> environment, Path output) {
    return new Program(
        java("-Xmx256m", "-jar", jar(module, "-exec.jar").toString()), environment, output);
  }

  private static List<String> java(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path jar(String module, String ending) {
    var folder = ROOT.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(module + "-[0-9][^/]*"))
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> ending.startsWith("-exec") || !file.toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(folder + " has no jar: build it first"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A port that nobody holds, from below those that the kernel gives to clients. */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (var _ = new ServerSocket(port)) {
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** As the kernel does it when memory runs out: no goodbye. */
  void kill() {
    process.destroyForcibly();
    waitForEnd();
  }

  @Override
  public void close() {
    process.destroy();
    if (!waitForEnd()) {
      process.destroyForcibly();
    }
  }

  private boolean waitForEnd() {
    try {
      return process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
