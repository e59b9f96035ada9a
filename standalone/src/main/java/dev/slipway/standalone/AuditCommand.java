package dev.slipway.standalone;

import dev.slipway.docker.discovery.UnsupportedEngine;
import dev.slipway.model.Namespace;
import dev.slipway.standalone.audit.ApiReading;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.CannotAudit;
import dev.slipway.standalone.audit.Findings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
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

/** {@code ./slipway audit}: compares all parts of a running installation. */
@Command(
    name = "slipway audit",
    mixinStandardHelpOptions = true,
    description =
        "Compares PostgreSQL with Kafka, the read model and the Engines of a running Slipway, and"
            + " names each difference.",
    footer = {
      "",
      "The data folder names the servers of a Slipway that was started with it. Otherwise, or to",
      "look at others, set SLIPWAY_POSTGRES, SLIPWAY_KAFKA, SLIPWAY_URL, SLIPWAY_USER and",
      "SLIPWAY_APIKEY. Ends with 0 if nothing differs, with 1 if something does, with 2 if it"
          + " could",
      "not look."
    })
final class AuditCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CANNOT_LOOK = 2;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data folder of the Slipway (SLIPWAY_DATA, else .slipway)")
  private @Nullable Path data;

  @Option(names = "--url", paramLabel = "URL", description = "where the API is (SLIPWAY_URL)")
  private @Nullable String url;

  @Option(
      names = "--engine",
      paramLabel = "HOST",
      description =
          "an Engine to look at, as in DOCKER_HOST; again for each (default: that of this host)")
  private @Nullable List<String> engines;

  @Option(names = "--no-engines", description = "look at no Engine")
  private boolean noEngines;

  @Option(names = "--json", description = "print the findings as JSON")
  private boolean json;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for quiet (${DEFAULT-VALUE})")
  private int settle;

  AuditCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
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
              return CANNOT_LOOK;
            });
  }

  @Override
  public Integer call() throws Exception {
    var servers = InstallationServers.of(given());
    var api = new ApiClient(servers.environment());
    var user = servers.of("SLIPWAY_USER").orElse("admin");
    var namespace = new Namespace(servers.of("SLIPWAY_NAMESPACE").orElse(user));
    var line = Objects.requireNonNull(spec).commandLine();
    try (var reads = new ApiReading(api.url(), namespace, user, api.key());
        var looked = AuditedEngines.of(servers, engines, noEngines)) {
      var findings =
          settled(
                  new Audit(
                      servers::postgres,
                      servers.kafka(),
                      reads,
                      looked,
                      InstantSource.system(),
                      new ProgressLines(line.getErr())))
              .withParked(RepairCommand.parkedLines(api));
      line.getOut().println(json ? findings.json() : findings.report().stripTrailing());
      line.getOut().flush();
      return findings.violations().isEmpty() ? 0 : 1;
    }
  }

  private Map<String, String> given() {
    var given = new HashMap<>(environment);
    if (data != null) {
      given.put("SLIPWAY_DATA", data.toString());
    }
    if (url != null) {
      given.put("SLIPWAY_URL", url);
    }
    return given;
  }

  private Findings settled(Audit audit) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(settle).toNanos();
    while (true) {
      long begin = System.nanoTime();
      var findings = audit.look();
      long now = System.nanoTime();
      if (findings.isClean() || now >= end) {
        return findings;
      }
      // A look at a large log takes long itself, and costs its servers as much.
      Thread.sleep(Math.max(PAUSE.toMillis(), Duration.ofNanos(now - begin).toMillis()));
    }
  }
}
