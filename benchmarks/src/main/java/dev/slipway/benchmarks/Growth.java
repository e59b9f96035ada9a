package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Plot;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Program;
import dev.slipway.benchmarks.processes.Slipway;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** B9: the same requests with more and more services there. */
final class Growth implements Workload {

  private static final int CLIENTS = 8;

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    var rows = new ArrayList<Row>();
    var plot = new LinkedHashMap<String, List<Plot.Point>>();
    var uuids = new ArrayList<String>();
    var settings = Map.of("SLIPWAY_HEAP", run.large() ? "4g" : "1g");
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true, settings)) {
      for (int size : sizes(run)) {
        uuids.addAll(Requests.createMany(slipway, uuids.size(), size));
        requests(uuids)
            .forEach(
                (what, request) -> {
                  var row = row(run, slipway, "B9 %s at %,d".formatted(what, size), request);
                  rows.add(row);
                  plot.computeIfAbsent(what, _ -> new ArrayList<>())
                      .add(new Plot.Point(size, row.own().median()));
                });
      }
    }
    var file = Program.root().resolve("target/benchmarks/growth.svg");
    Files.createDirectories(file.getParent());
    Files.writeString(file, Plot.svg("Requests a second, by the number of services", plot));
    return rows;
  }

  private static List<Integer> sizes(Run run) {
    if (run.quick()) {
      return List.of(100, 1_000);
    }
    return run.large() ? List.of(100, 1_000, 10_000, 100_000) : List.of(100, 1_000, 10_000);
  }

  private Map<String, Consumer<Connection>> requests(List<String> uuids) {
    var requests = new LinkedHashMap<String, Consumer<Connection>>();
    requests.put(
        "create",
        connection -> {
          var _ = Requests.create(connection, "more-" + names.incrementAndGet());
        });
    requests.put("PATCH", connection -> Requests.patch(connection, any(uuids), any(9) + 1));
    requests.put("GET of one", connection -> get(connection, any(uuids) + "/"));
    requests.put("GET of a page", connection -> get(connection, "?limit=25"));
    return requests;
  }

  private static void get(Connection connection, String path) {
    var _ = connection.get(Slipway.SERVICES + path).orThrow("read");
  }

  private static Row row(Run run, Slipway slipway, String what, Consumer<Connection> request) {
    var rates = new ArrayList<Double>();
    try {
      for (int round = 0; round <= run.rounds().count(); round++) {
        double rate =
            Load.run(CLIENTS, run.turn().dividedBy(2), _ -> new Sending(slipway.connect(), request))
                .perSecond();
        if (round > 0) {
          rates.add(rate);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return Row.alone(what, "requests/s", CLIENTS + " clients", rates);
  }

  private record Sending(Connection connection, Consumer<Connection> sent) implements Load.Client {

    @Override
    public void request() {
      sent.accept(connection);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private static String any(List<String> uuids) {
    return uuids.get(any(uuids.size()));
  }

  private static int any(int most) {
    return ThreadLocalRandom.current().nextInt(most);
  }
}
