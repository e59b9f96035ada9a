package dev.slipway.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway up}: everything in one process. */
@Command(
    name = "slipway up",
    mixinStandardHelpOptions = true,
    description = "Runs all of Slipway in one process, with Kafka and PostgreSQL inside.",
    footer = {
      "",
      "SLIPWAY_KAFKA, SLIPWAY_POSTGRES and SLIPWAY_MONGODB name servers of your own;",
      "docs/running.md lists all settings. Ctrl-C stops Slipway and leaves containers running."
    })
final class Standalone implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:SLIPWAY_PORT:-8080}",
      description = "for REST and streams (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:SLIPWAY_DATA:-.slipway}",
      description = "where all data is kept (${DEFAULT-VALUE})")
  private Path data = Path.of(".slipway");

  @Option(
      names = "--simulated",
      defaultValue = "${env:SLIPWAY_SIMULATED:-false}",
      description = "without a Docker Engine: containers are simulated")
  private boolean simulated;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "works for a while, simulated, and ends: shows the JVM what is needed")
  private boolean rehearse;

  public static void main(String[] arguments) {
    int exitCode = new CommandLine(new Standalone()).execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public Integer call() {
    var console = new Console(System.out);
    if (rehearse) {
      System.setProperty("slipway.monitor", "0s"); // a service ends as soon as it runs
    }
    var settings =
        new Settings(
            port, data.toAbsolutePath().normalize(), simulated || rehearse, System.getenv());
    try {
      var running = Running.prepare(settings, console);
      // Before the start, so that one that is interrupted leaves nothing behind either.
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
      return start(running, settings, console);
    } catch (CannotStart problem) {
      console.problem(String.valueOf(problem.getMessage()));
      return 1;
    }
  }

  private int start(Running running, Settings settings, Console console) {
    try {
      running.start();
      if (rehearse) {
        rehearse(settings, console);
        running.close();
        System.exit(0);
      }
      recordAddress(settings);
      EngineCheck.of(running.engine(), settings, console)
          .welcome(() -> Welcome.print(running, settings, console));
      return 0;
    } catch (RuntimeException problem) {
      if (!running.isStopping()) {
        console.problem(FileProblem.describe(rootCause(problem)));
        console.line("The log is in " + settings.data().resolve("slipway.log"));
        LoggerFactory.getLogger(Standalone.class).error("Slipway does not start", problem);
      }
      return 1;
    }
  }

  /** The command line finds the address beside the API key. */
  private static void recordAddress(Settings settings) {
    try {
      Files.writeString(settings.data().resolve("url"), settings.url() + "\n");
    } catch (IOException failure) {
      LoggerFactory.getLogger(Standalone.class)
          .warn("Cannot record the address for the command line: {}", failure.toString());
    }
  }

  /** What was learnt until it fails, at least from the start, is worth keeping. */
  private static void rehearse(Settings settings, Console console) {
    try {
      int services = new Rehearsal(settings).play();
      console.line("Rehearsal: %d services lived and ended".formatted(services));
    } catch (ApiClient.CannotAsk failure) {
      console.problem("The rehearsal ends early: " + failure.getMessage());
    }
  }

  private static Throwable rootCause(Throwable problem) {
    var cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
