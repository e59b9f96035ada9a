package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Answer;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Rounds.Wanted;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Slipway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/** B4: how long after its answer a command can be seen, and whether anybody ever sees less. */
final class Freshness implements Workload {

  private static final int BACKGROUND_PER_SECOND = 200;
  private static final int BACKGROUND_CLIENTS = 8;
  private static final long LONGEST_US = TimeUnit.SECONDS.toMicros(60);
  private static final int PAIRING_CLIENTS = 4;
  private static final Duration LONGEST_PAIRING = Duration.ofMinutes(10);
  private static final int MOST_WARMING = 30_000;
  private static final String VISIBLE =
      "a create that is answered before it is visible (Prefer: respond-async), then GET until it is";

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    var settings = Map.of("SLIPWAY_HEAP", "2g");
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true, settings)) {
      var longest = Duration.ofSeconds(run.quick() ? 15 : 60);
      new WarmUp("creates", MOST_WARMING, longest, _ -> Requests.creating(slipway, names))
          .run(run, slipway);
      var rows = new ArrayList<Row>(rows(run, slipway, "idle"));
      try (var _ = new Background(run, slipway)) {
        rows.addAll(rows(run, slipway, "at %d commands/s".formatted(BACKGROUND_PER_SECOND)));
        rows.add(pairs(run, slipway));
      }
      return rows;
    }
  }

  private List<Row> rows(Run run, Slipway slipway, String when) throws Exception {
    var what = "B4 acknowledged → visible, " + when;
    return run.rounds()
        .measure(
            List.of(
                new Wanted(what + ", p50", "ms"), new Wanted(what + ", p99", "ms", Bar.atMost(50))),
            List.of(new Contender(SLIPWAY, VISIBLE, () -> latencies(run, slipway))));
  }

  private double[] latencies(Run run, Slipway slipway) {
    var latencies = visible(slipway, run.quick() ? 100 : 500);
    return new double[] {
      latencies.getValueAtPercentile(50) / 1_000.0, latencies.getValueAtPercentile(99) / 1_000.0
    };
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

  /** All that are seen count, in whichever round it was: one is too many. */
  private Row pairs(Run run, Slipway slipway) throws InterruptedException {
    int pairs = run.quick() ? 1_000 : 10_000;
    var stale = new LongAdder();
    run.progress().accept("writes and reads %,d pairs".formatted(pairs));
    var outcome =
        Load.atMost(
            pairs,
            PAIRING_CLIENTS,
            LONGEST_PAIRING,
            _ -> new Pairing(slipway.connect(), stale::add));
    if (outcome.requests() < pairs) {
      throw new IllegalStateException("only %,d pairs were read".formatted(outcome.requests()));
    }
    return Row.alone(
        "B4 stale reads in %,d pairs".formatted(pairs),
        "reads",
        "create or PATCH, then GET by uuid and in a list, %d clients, at %d other commands/s"
            .formatted(PAIRING_CLIENTS, BACKGROUND_PER_SECOND),
        List.of(stale.doubleValue()),
        Bar.atMost(0));
  }

  /** Every other pair changes what the one before made. */
  private final class Pairing implements Load.Client {

    private final Connection connection;
    private final LongConsumer stale;
    private String current = "";
    private boolean create = true;

    Pairing(Connection connection, LongConsumer stale) {
      this.connection = connection;
      this.stale = stale;
    }

    @Override
    public void request() {
      var mark = "mark-" + names.incrementAndGet();
      if (create) {
        current = Requests.create(connection, mark);
      } else {
        var body = "{\"nickname\":\"%s\"}".formatted(mark);
        var _ = connection.patch(Slipway.SERVICES + current + "/", body).orThrow("patch");
      }
      create = !create;
      var one = connection.get(Slipway.SERVICES + current + "/");
      var list = connection.get(Slipway.SERVICES + "?uuid=" + current).orThrow("list");
      stale.accept((shows(one, mark) ? 0 : 1) + (list.text().contains(mark) ? 0 : 1));
    }

    /** What is not there yet is stale, any other failure voids the run. */
    private static boolean shows(Answer answer, String mark) {
      return answer.status() != 404 && answer.orThrow("read").text().contains(mark);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /** Other people's commands, at a steady pace whatever the answers take. */
  private final class Background implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final LongAdder sent = new LongAdder();
    private final Run run;
    private final long began = System.nanoTime();
    private volatile boolean running = true;

    Background(Run run, Slipway slipway) {
      this.run = run;
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
          sent.increment();
        }
      } catch (Throwable failure) {
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
      var failure = failures.peek();
      if (failure != null) {
        throw new IllegalStateException("one of the other commands failed", failure);
      }
      run.notes()
          .accept(
              "Other commands: %.0f a second were answered, of the %d that were to be sent."
                  .formatted(
                      sent.sum() * 1e9 / (System.nanoTime() - began), BACKGROUND_PER_SECOND));
    }
  }
}
