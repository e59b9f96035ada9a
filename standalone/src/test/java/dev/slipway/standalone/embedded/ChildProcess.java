package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with our class path, for what can't be tried in the tests' own: being killed.
 */
public final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ChildProcess run(Class<?> main, String... arguments) throws IOException {
    return run(Map.of(), main, arguments);
  }

  public static ChildProcess run(
      Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().putAll(environment);
    return new ChildProcess(process.start());
  }

  /** Tells the parent how far it got, and lives on until it is killed. */
  static void sayAndWait(String line) throws InterruptedException {
    System.out.println(line);
    new CountDownLatch(1).await();
  }

  /** Returns the line that holds {@code text}; fails if the process ends without it. */
  public String awaitLine(String text) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("'%s' is not in:%n%s".formatted(text, String.join("\n", lines)));
  }

  public long pid() {
    return process.pid();
  }

  /** As kill -9 does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As Ctrl-C does. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  public int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
