package dev.slipway.benchmarks;

import dev.slipway.benchmarks.Workload.Run;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Postgres;
import dev.slipway.benchmarks.processes.ServiceImage;
import dev.slipway.benchmarks.processes.ServiceProcess;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import dev.slipway.standalone.embedded.EmbeddedMongo;
import dev.slipway.standalone.embedded.FreePort;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * B8 of the command service and the query service as processes of their own. What they need besides
 * each other is in this process, or PostgreSQL, and is not counted.
 */
final class SeparateServices {

  private static final String COMMAND = "command-service";
  private static final String QUERY = "query-service";

  private final Run run;
  private final ServiceImage commandImage;
  private final ServiceImage queryImage;
  private final Figures command = new Figures(COMMAND);
  private final Figures query = new Figures(QUERY);

  SeparateServices(Run run) {
    this.run = run;
    this.commandImage = ServiceImage.unpack(COMMAND, run.folder());
    this.queryImage = ServiceImage.unpack(QUERY, run.folder());
  }

  void measure(int round) throws Exception {
    var folder = Files.createDirectories(run.folder().resolve("separate-" + round));
    int queryPort = FreePort.forSlipway();
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var postgres = Postgres.start(folder);
        var mongo = EmbeddedMongo.start();
        var commandService =
            ServiceProcess.up(
                commandImage,
                FreePort.forSlipway(),
                Map.of(
                    "SLIPWAY_KAFKA", kafka.bootstrapServers(),
                    "SLIPWAY_KAFKA_PROPERTIES", kafka.clientProperties().toString(),
                    "SLIPWAY_POSTGRES", postgres.jdbcUrl(),
                    "SLIPWAY_QUERY", "http://127.0.0.1:" + queryPort),
                folder.resolve("command.txt"));
        var queryService =
            ServiceProcess.up(
                queryImage,
                queryPort,
                Map.of(
                    "SLIPWAY_KAFKA", kafka.bootstrapServers(),
                    "SLIPWAY_KAFKA_PROPERTIES", kafka.clientProperties().toString(),
                    "SLIPWAY_MONGODB", mongo.connectionString("slipway")),
                folder.resolve("query.txt"))) {
      measure(commandService, queryService);
    }
  }

  private void measure(ServiceProcess commandService, ServiceProcess queryService)
      throws InterruptedException {
    command.starts.add(commandService.startSeconds());
    query.starts.add(queryService.startSeconds());
    Footprint.settle();
    command.idle.add(commandService.memory());
    query.idle.add(queryService.memory());
    long created = Footprint.create(run, commandService.address(), new AtomicInteger());
    command.worked.add(commandService.memory());
    query.worked.add(queryService.memory());
    checkShown(queryService, created);
  }

  /** Creates are answered, if late, also where the query service shows none of them. */
  private static void checkShown(ServiceProcess queryService, long created) {
    try (var connection = queryService.address().connect()) {
      var page = connection.get(Slipway.SERVICES + "?limit=1").orThrow("list").json();
      long shown = page.path("meta").path("total_count").asLong();
      if (shown != created) {
        throw new IllegalStateException("%d created, %d shown".formatted(created, shown));
      }
    }
  }

  List<Row> rows() {
    return Stream.of(command, query).flatMap(figures -> figures.rows().stream()).toList();
  }

  private record Figures(
      String service, List<Double> starts, List<Double> idle, List<Double> worked) {

    private static final String MEMORY =
        "PSS of the process alone, with the JVM's options of its image: the machine's memory"
            + " decides on its heap";

    Figures(String service) {
      this(service, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    List<Row> rows() {
      return List.of(
          Row.alone(
              "B8 start, %s alone".formatted(service),
              "s",
              "until readiness is 200, with nothing stored yet",
              starts),
          Row.alone("B8 memory, %s alone, idle".formatted(service), "MB", MEMORY, idle),
          Row.alone(
              "B8 memory, %s alone, after creates by 8 clients".formatted(service),
              "MB",
              MEMORY,
              worked));
    }
  }
}
