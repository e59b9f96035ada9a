package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Plot;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Rounds.Wanted;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Slipway;
import java.io.IOException;
import java.time.Duration;
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
  private static final int TURN_MS = 1_500;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final int MOST_WARMING = 60_000;

  /** Creates make the size grow that they are measured at: a few, and last. */
  private static final int FEWEST_CREATES = 50;

  private static final int MOST_CREATES = 500;
  private static final int SHARE_OF_CREATES = 20;

  @Override
  public List<Row> measure(Run run) throws Exception {
    var settings = Map.of("SLIPWAY_HEAP", run.large() ? "6g" : "2g");
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true, settings)) {
      var measuring = new Measuring(run, slipway);
      measuring.grow(100);
      measuring.warmUp();
      for (int size : sizes(run)) {
        measuring.grow(size);
        measuring.all(size);
      }
      measuring.plot();
      return measuring.rows;
    }
  }

  private static List<Integer> sizes(Run run) {
    if (run.quick()) {
      return List.of(100, 1_000);
    }
    return run.large() ? List.of(100, 1_000, 10_000, 100_000) : List.of(100, 1_000, 10_000);
  }

  private static final class Measuring {

    private final Run run;
    private final Slipway slipway;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<Plot.Point>> lines = new LinkedHashMap<>();
    private final List<String> uuids = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    Measuring(Run run, Slipway slipway) {
      this.run = run;
      this.slipway = slipway;
    }

    void grow(int size) throws InterruptedException {
      run.progress().accept("grows to %,d services".formatted(size));
      int there = uuids.size() + names.get();
      uuids.addAll(Requests.createMany(slipway, there, Math.max(there, size)));
    }

    /** Only by what leaves no more services behind. */
    void warmUp() throws InterruptedException {
      var longest = Duration.ofSeconds(run.quick() ? 15 : 120);
      new WarmUp("PATCHes and reads in turns", MOST_WARMING, longest, _ -> sending(this::each))
          .run(run, slipway);
    }

    private void each(Connection connection) {
      switch (ThreadLocalRandom.current().nextInt(3)) {
        case 0 -> patch(connection);
        case 1 -> one(connection);
        default -> page(connection);
      }
    }

    void all(int size) throws Exception {
      row("PATCH", size, () -> Load.run(CLIENTS, turn(), _ -> sending(this::patch)));
      row("GET of one", size, () -> Load.run(CLIENTS, turn(), _ -> sending(this::one)));
      row("first page of 25", size, () -> Load.run(CLIENTS, turn(), _ -> sending(Measuring::page)));
      int creates = Math.clamp(size / SHARE_OF_CREATES, FEWEST_CREATES, MOST_CREATES);
      row(
          "create",
          size,
          () -> Load.atMost(creates, CLIENTS, A_MINUTE, _ -> Requests.creating(slipway, names)));
    }

    private Duration turn() {
      return run.turn(TURN_MS);
    }

    private Load.Client sending(Consumer<Connection> request) {
      return new Requests.Sending(slipway.connect(), request);
    }

    private void row(String what, int size, Costed.Requesting requests) throws Exception {
      var workload = "B9 %s at %,d".formatted(what, size);
      var measured =
          run.rounds()
              .measure(
                  List.of(
                      new Wanted(workload + ", cost", "ms of processor"),
                      new Wanted(workload + ", median latency", "ms")),
                  List.of(new Contender(SLIPWAY, CLIENTS + " clients", () -> figures(requests))));
      rows.addAll(measured);
      lines
          .computeIfAbsent(what, _ -> new ArrayList<>())
          .add(new Plot.Point(size, measured.getFirst().own().median()));
    }

    private double[] figures(Costed.Requesting requests) throws InterruptedException {
      var costed = Costed.of(slipway, requests);
      return new double[] {costed.millis(), costed.outcome().millis(50)};
    }

    private void patch(Connection connection) {
      Requests.patch(connection, any(), ThreadLocalRandom.current().nextInt(1, 10));
    }

    private void one(Connection connection) {
      var _ = connection.get(Slipway.SERVICES + any() + "/").orThrow("read");
    }

    private static void page(Connection connection) {
      var _ = connection.get(Slipway.SERVICES + "?limit=25").orThrow("read");
    }

    private String any() {
      return uuids.get(ThreadLocalRandom.current().nextInt(uuids.size()));
    }

    /** On a machine without fonts what was measured stands all the same. */
    void plot() {
      var plot =
          new Plot(
              "What a request costs, by the number of services",
              "services there",
              "ms of processor per request (median of the rounds)",
              lines);
      try {
        plot.write(run.pictures().resolve("growth"));
      } catch (IOException | RuntimeException | LinkageError | InternalError failure) {
        run.notes().accept("No plot could be drawn: " + failure);
      }
    }
  }
}
