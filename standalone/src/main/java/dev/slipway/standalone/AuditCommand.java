package dev.slipway.standalone;

import dev.slipway.docker.discovery.UnsupportedEngine;
import dev.slipway.model.Namespace;
import dev.slipway.standalone.audit.ApiReading;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.CannotAudit;
import dev.slipway.standalone.audit.EngineReading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway audit}: whether a Slipway that runs keeps what it promises. */
@Command(
    name = "slipway audit",
    mixinStandardHelpOptions = true,
    description =
        "Compares the log, the read model and the Engines of a Slipway that runs, and says what"
            + " differs.",
    footer = {
      "",
      "SLIPWAY_URL, SLIPWAY_USER, SLIPWAY_APIKEY and SLIPWAY_DATA as for apikey; SLIPWAY_KAFKA"
          + " says",
      "where the log is read (127.0.0.1:9092). Ends with 1 if a promise is broken, with 2 if it"
          + " could",
      "not look."
    })
final class AuditCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Map<String, String> environment;
  private final ApiClient api;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "HOST",
      description =
          "an Engine to look at, as in DOCKER_HOST; again for each (default: that of this host)")
  private @Nullable List<String> engines;

  @Option(names = "--no-engines", description = "look at no Engine: containers are simulated")
  private boolean noEngines;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for quiet (${DEFAULT-VALUE})")
  private int settle;

  AuditCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.api = new ApiClient(environment);
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new AuditCommand(environment))
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              if (!(failure instanceof CannotAudit
                  || failure instanceof ApiClient.CannotAsk
                  || failure instanceof UnsupportedEngine)) {
                throw failure;
              }
              line.getErr().println("slipway: " + failure.getMessage());
              return 2;
            });
  }

  @Override
  public Integer call() throws Exception {
    var readings = engines();
    var user = of("SLIPWAY_USER", "admin");
    var namespace = new Namespace(of("SLIPWAY_NAMESPACE", user));
    try (var reads = new ApiReading(api.url(), namespace, user, api.key())) {
      var kafka = of("SLIPWAY_KAFKA", "127.0.0.1:9092");
      var findings = settled(new Audit(kafka, reads, readings, InstantSource.system()));
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      out.print(findings.report());
      var parked = RepairCommand.parkedLines(api);
      parked.forEach(out::println);
      out.flush();
      return findings.violations().isEmpty() && parked.isEmpty() ? 0 : 1;
    } finally {
      for (var reading : readings) {
        reading.close();
      }
    }
  }

  private Audit.Findings settled(Audit audit) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(settle).toNanos();
    var findings = audit.look();
    while (!findings.isClean() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
      findings = audit.look();
    }
    return findings;
  }

  private List<EngineReading> engines() {
    if (noEngines) {
      return List.of();
    }
    return engines != null
        ? engines.stream().map(EngineReading::new).toList()
        : List.of(new EngineReading(null));
  }

  private String of(String variable, String unset) {
    var value = environment.getOrDefault(variable, "");
    return value.isBlank() ? unset : value;
  }
}
