package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Slipway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** B4: how long after its answer a command can be seen, and whether anybody ever sees less. */
final class Freshness implements Workload {

  private static final int BACKGROUND_PER_SECOND = 200;
  private static final int BACKGROUND_CLIENTS = 8;
  private static final long LONGEST_US = TimeUnit.SECONDS.toMicros(60);
  private static final String VISIBLE =
      "a create that is answered before it is visible (Prefer: respond-async), then GET until it is";

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true)) {
      var rows = new ArrayList<Row>();
      var _ = visible(slipway, run.quick() ? 100 : 1_000); // warms up
      rows.addAll(rounds(run, slipway, "idle"));
      try (var _ = new Background(slipway)) {
        rows.addAll(rounds(run, slipway, "at %d commands/s".formatted(BACKGROUND_PER_SECOND)));
      }
      rows.add(pairs(run, slipway));
      return rows;
    }
  }

  private List<Row> rounds(Run run, Slipway slipway, String when) {
    var medians = new ArrayList<Double>();
    var tails = new ArrayList<Double>();
    for (int round = 0; round < run.rounds().count(); round++) {
      var latencies = visible(slipway, run.quick() ? 100 : 1_000);
      medians.add(latencies.getValueAtPercentile(50) / 1_000.0);
      tails.add(latencies.getValueAtPercentile(99) / 1_000.0);
    }
    return List.of(
        Row.alone("B4 acknowledged → visible, " + when + ", p50", "ms", VISIBLE, medians),
        Row.alone(
            "B4 acknowledged → visible, " + when + ", p99", "ms", VISIBLE, tails, Bar.atMost(50)));
  }

  private Histogram visible(Slipway slipway, int samples) {
    var latencies = new Histogram(1, LONGEST_US, 3);
    try (var connection = slipway.connect()) {
      for (int i = 0; i < samples; i++) {
        var definition = Requests.definition("fresh-" + names.incrementAndGet());
        var created =
            connection
                .send("POST", Slipway.SERVICES, definition, "Prefer: respond-async\r\n")
                .orThrow("create");
        long answered = System.nanoTime();
        var path = Slipway.SERVICES + created.json().path("uuid").asString() + "/";
        awaitVisible(connection, path);
        long us = (System.nanoTime() - answered) / 1_000;
        latencies.recordValue(Math.clamp(us, 1, LONGEST_US));
      }
    }
    return latencies;
  }

  private static void awaitVisible(Connection connection, String path) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    var read = connection.get(path);
    while (read.status() == 404) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(path + " does not become visible");
      }
      read = connection.get(path);
    }
    var _ = read.orThrow("read");
  }

  private Row pairs(Run run, Slipway slipway) {
    var stale = new ArrayList<Double>();
    int pairs = run.quick() ? 1_000 : 10_000;
    try (var _ = new Background(slipway);
        var connection = slipway.connect()) {
      for (int round = 0; round < run.rounds().count(); round++) {
        int older = 0;
        for (int i = 0; i < pairs / run.rounds().count(); i++) {
          older += staleReads(connection, i);
        }
        stale.add((double) older);
      }
    }
    return Row.alone(
        "B4 stale reads in %,d pairs".formatted(pairs),
        "reads",
        "create or PATCH, then GET by uuid and in a list, a fifth of the pairs a round, at %d other commands/s"
            .formatted(BACKGROUND_PER_SECOND),
        stale,
        Bar.atMost(0));
  }

  private String current = "";

  /** Every other pair changes what the one before made. */
  private int staleReads(Connection connection, int pair) {
    var mark = "mark-" + names.incrementAndGet();
    if (pair % 2 == 0) {
      current = Requests.create(connection, mark);
    } else {
      var body = "{\"nickname\":\"%s\"}".formatted(mark);
      var _ = connection.patch(Slipway.SERVICES + current + "/", body).orThrow("patch");
    }
    var one = connection.get(Slipway.SERVICES + current + "/");
    var list = connection.get(Slipway.SERVICES + "?uuid=" + current);
    return (one.text().contains(mark) ? 0 : 1) + (list.text().contains(mark) ? 0 : 1);
  }

  /** Other people's commands, at a steady pace whatever the answers take. */
  private final class Background implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final List<RuntimeException> failures =
        java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile boolean running = true;

    Background(Slipway slipway) {
      for (int i = 0; i < BACKGROUND_CLIENTS; i++) {
        threads.add(Thread.ofPlatform().daemon().start(() -> send(slipway)));
      }
    }

    private void send(Slipway slipway) {
      long between = TimeUnit.SECONDS.toNanos(1) * BACKGROUND_CLIENTS / BACKGROUND_PER_SECOND;
      long next = System.nanoTime();
      try (var connection = slipway.connect()) {
        var uuid = Requests.create(connection, "other-" + names.incrementAndGet());
        for (int i = 0; running; i++) {
          next += between;
          LockSupport.parkNanos(next - System.nanoTime());
          Requests.patch(connection, uuid, i % 9 + 1);
        }
      } catch (RuntimeException failure) {
        failures.add(failure);
      }
    }

    @Override
    public void close() {
      running = false;
      threads.forEach(
          thread -> {
            try {
              thread.join();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          });
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
    }
  }
}
