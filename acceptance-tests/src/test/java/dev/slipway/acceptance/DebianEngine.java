package dev.slipway.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/** An Engine of a Debian release, started by the tool {@code engines/engine}. */
final class DebianEngine implements AutoCloseable {

  private static final Path TOOL = Path.of("engines", "engine").toAbsolutePath();

  /** What {@code ./slipway test} prints at its end. */
  private static final Path SKIPPED = Path.of("target", "engines-skipped.txt");

  private static final int CANNOT_BE_SET_UP = 3;

  private final String name;
  private final Thread atExit = new Thread(this::stop);

  private DebianEngine(String name) {
    this.name = name;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts the Engine. Skips the test if the Engine cannot be set up on this machine, or fails it
   * if {@code SLIPWAY_REQUIRE_ENGINES} is true.
   */
  static DebianEngine start(EngineRelease release) throws Exception {
    return start(release, List.of());
  }

  /**
   * The same with TLS.
   *
   * @param certificates a folder with those of the Engine
   */
  static DebianEngine startWithTls(EngineRelease release, Path certificates) throws Exception {
    return start(release, List.of("--tls", certificates.toString()));
  }

  private static DebianEngine start(EngineRelease release, List<String> more) throws Exception {
    var pid = ProcessHandle.current().pid();
    var name = "test-%d-%d%s".formatted(pid, release.ordinal(), more.isEmpty() ? "" : "-tls");
    var arguments = new ArrayList<>(List.of("start", name, release.suite));
    arguments.addAll(release.options);
    arguments.addAll(more);
    arguments.addAll(List.of("--owner", Long.toString(pid)));
    var result = tool(arguments);
    if (result.code() == CANNOT_BE_SET_UP) {
      skip(release, result.printed());
    }
    if (result.code() != 0) {
      throw new AssertionFailedError(release.title + ": " + result.printed());
    }
    return new DebianEngine(name);
  }

  private static void skip(EngineRelease release, String printed) throws IOException {
    if ("true".equals(System.getenv("SLIPWAY_REQUIRE_ENGINES"))) {
      throw new AssertionFailedError(
          "SLIPWAY_REQUIRE_ENGINES is true, but %s: %s".formatted(release.title, printed));
    }
    var line =
        "SKIPPED: the tests on %s: %s%n"
            .formatted(release.title, printed.lines().reduce("", (_, last) -> last));
    System.out.print(line);
    Files.writeString(SKIPPED, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Assumptions.abort(line);
  }

  private record Result(int code, String printed) {}

  private static Result tool(List<String> arguments) throws Exception {
    var command = Stream.concat(Stream.of("bash", TOOL.toString()), arguments.stream()).toList();
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes()).strip();
    return new Result(process.waitFor(), printed);
  }

  private String call(String... arguments) throws Exception {
    var result = tool(List.of(arguments));
    if (result.code() != 0) {
      throw new AssertionFailedError(String.join(" ", arguments) + ": " + result.printed());
    }
    return result.printed();
  }

  /** The value of {@code DOCKER_HOST}. */
  String host() throws Exception {
    return call("host", name);
  }

  /** The address that published ports are reached at. */
  String address() throws Exception {
    return call("address", name);
  }

  /** The start of a command line that runs in the network of this Engine. */
  List<String> inItsNetwork() {
    return List.of("bash", TOOL.toString(), "run", name);
  }

  /** Stops the daemon and starts it again. */
  void restart() throws Exception {
    call("restart", name);
  }

  /** Replaces the daemon by that of another release, on the same data. */
  void upgrade(EngineRelease release) throws Exception {
    call("upgrade", name, release.suite, "--min-api", "1.44");
  }

  private void stop() {
    try {
      call("stop", name);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }
}
