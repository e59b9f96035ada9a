package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Pause;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.benchmarks.processes.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * B1: containers of one service, from the request until all are started. The seconds for which
 * Slipway monitors them afterwards, before the start counts as a success, are not part of it; a
 * service of Swarm has none ({@code --update-monitor} holds for updates alone).
 */
final class Starts implements Workload {

  private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(3);
  private static final int SHORTEST_PAUSE_MS = 10;

  /** Looks cost processor time that starts lack; so seldom they err by a fiftieth on average. */
  private static final int PAUSES_IN_A_WAIT = 25;

  /** After a hundred containers a JVM does most of what a start takes in compiled code. */
  private static final int WARM_UPS = 10;

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    var engine = new EngineApi();
    var rows = new ArrayList<Row>();
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), false);
        var swarm = Swarm.init(engine)) {
      warmUp(run, slipway);
      for (int containers : run.quick() ? new int[] {1, 10} : new int[] {1, 10, 50}) {
        rows.add(
            run.rounds()
                .measure(
                    "B1 start of %d".formatted(containers),
                    "ms",
                    contenders(slipway, swarm, engine, containers),
                    Bar.atMost(1.15, LIMIT),
                    Bar.atMost(1.0, PEER)));
      }
    }
    return rows;
  }

  private void warmUp(Run run, Slipway slipway) {
    for (int time = 1; time <= WARM_UPS; time++) {
      double took = slipway(slipway, 10);
      run.progress().accept("warms up, %d of %d: 10 in %,.0f ms".formatted(time, WARM_UPS, took));
    }
  }

  @Override
  public boolean needsContainers() {
    return true;
  }

  private List<Contender> contenders(
      Slipway slipway, Swarm swarm, EngineApi engine, int containers) {
    return List.of(
        new Contender(
            SLIPWAY,
            "POST start/, until the service says that all are started",
            () -> slipway(slipway, containers)),
        new Contender(
            PEER,
            "Docker Swarm: service create with replicas, until all tasks are running",
            () -> swarm(swarm, containers)),
        new Contender(
            LIMIT,
            "the Engine's API: create and start of each, %d at a time"
                .formatted(EngineContainers.AT_A_TIME),
            () -> EngineContainers.start(engine, containers)));
  }

  private double slipway(Slipway slipway, int containers) {
    try (var connection = slipway.connect()) {
      var path =
          Slipway.SERVICES + Requests.create(connection, "b1-" + names.incrementAndGet()) + "/";
      var target = "{\"target_num_containers\":%d}".formatted(containers);
      var _ = connection.patch(path, target).orThrow("patch");
      long begin = System.nanoTime();
      var _ = connection.post(path + "start/", null).orThrow("start");
      await(() -> number(connection, path, "running_num_containers") == containers);
      double took = millisSince(begin);
      await(() -> state(connection, path).equals("Running"));
      var _ = connection.delete(path).orThrow("terminate");
      await(() -> state(connection, path).equals("Terminated"));
      return took;
    }
  }

  private static int number(Connection connection, String path, String field) {
    return connection.get(path).orThrow("read").json().path(field).asInt();
  }

  private static String state(Connection connection, String path) {
    return connection.get(path).orThrow("read").json().path("state").asString();
  }

  private double swarm(Swarm swarm, int containers) {
    try (var connection = swarm.connect()) {
      long begin = System.nanoTime();
      var id = Swarm.create(connection, "b1-" + names.incrementAndGet(), containers);
      await(() -> Swarm.running(connection, id) == containers);
      double took = millisSince(begin);
      Swarm.remove(connection, id);
      await(() -> Swarm.containers(connection, id) == 0);
      return took;
    }
  }

  private static void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > LONGEST_NS) {
        throw new IllegalStateException("it takes longer than three minutes");
      }
      Pause.millis(Math.max(SHORTEST_PAUSE_MS, (int) millisSince(begin) / PAUSES_IN_A_WAIT));
    }
  }

  static double millisSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }
}
