package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Postgres;
import dev.slipway.benchmarks.processes.Processor;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.benchmarks.processes.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** B2: commands that are stored on disk, and visible, when they are answered. */
final class DurableCommands implements Workload {

  private static final int[] CLIENTS = {1, 8, 64};
  private static final String LIMIT_IS =
      "PostgreSQL's own commits of one row, fsync on, one connection a client, at most %d"
          .formatted(Postgres.MOST_CLIENTS);

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true);
        var postgres = Postgres.start(run.folder().resolve("limit"));
        var swarm = run.engine() ? Swarm.init(new EngineApi()) : null) {
      var measuring = new Measuring(run, slipway, postgres, swarm);
      measuring.warmUp();
      var rows = new ArrayList<Row>();
      for (int clients : CLIENTS) {
        rows.addAll(measuring.creates(clients));
        rows.addAll(measuring.patches(clients));
      }
      return rows;
    }
  }

  private final class Measuring {

    private final Run run;
    private final Slipway slipway;
    private final Postgres postgres;
    private final @Nullable Swarm swarm;

    Measuring(Run run, Slipway slipway, Postgres postgres, @Nullable Swarm swarm) {
      this.run = run;
      this.slipway = slipway;
      this.postgres = postgres;
      this.swarm = swarm;
    }

    /** A JVM needs some ten thousand requests until it runs what it will run from then on. */
    void warmUp() throws InterruptedException {
      var duration = run.turn().multipliedBy(run.quick() ? 4 : 10);
      var _ = Load.run(16, duration, _ -> new Creating(slipway.connect()));
      var _ = Load.run(16, duration.dividedBy(2), _ -> new Patching(slipway.connect()));
    }

    List<Row> creates(int clients) throws Exception {
      return both(
          "B2 create, %d clients".formatted(clients),
          "create over HTTP, answered when it is stored and visible",
          clients,
          _ -> new Creating(slipway.connect()));
    }

    List<Row> patches(int clients) throws Exception {
      return both(
          "B2 PATCH, %d clients".formatted(clients),
          "PATCH over HTTP, each client of a service of its own",
          clients,
          _ -> new Patching(slipway.connect()));
    }

    /** The rate, and what a command costs, which others on the machine change less. */
    private List<Row> both(
        String workload, String what, int clients, IntFunction<Load.Client> client)
        throws Exception {
      var costs = new ArrayList<Double>();
      var own =
          new Contender(
              SLIPWAY,
              what,
              () -> {
                double before = Processor.seconds(slipway.processes());
                var outcome = Load.run(clients, run.turn(), client);
                double used = Processor.seconds(slipway.processes()) - before;
                costs.add(1_000 * used / outcome.requests());
                return outcome.perSecond();
              });
      var rate = measure(workload, own, clients);
      var counted = costs.subList(1, costs.size());
      var cost =
          Row.alone(
              workload + ", cost",
              "ms of processor",
              "of Slipway and its PostgreSQL, for each command",
              counted);
      return List.of(rate, cost);
    }

    private Row measure(String workload, Contender own, int clients) throws Exception {
      var contenders = new ArrayList<Contender>(List.of(own));
      if (swarm != null) {
        contenders.add(
            new Contender(
                PEER,
                "Docker Swarm's service create with no replicas, over the Engine's socket",
                () -> peer(swarm, clients)));
      }
      contenders.add(new Contender(LIMIT, LIMIT_IS, () -> limit(clients)));
      var bars =
          clients == 1 ? new Bar[0] : new Bar[] {Bar.atLeast(1.5, PEER), Bar.atLeast(0.5, LIMIT)};
      return run.rounds().measure(workload, "commands/s", contenders, bars);
    }

    private double peer(Swarm swarm, int clients) throws InterruptedException {
      var outcome = Load.run(clients, run.turn(), _ -> new SwarmCreating(swarm.connect()));
      swarm.empty();
      return outcome.perSecond();
    }

    private double limit(int clients) throws InterruptedException {
      int connections = Math.min(clients, Postgres.MOST_CLIENTS);
      return Load.run(connections, run.turn(), _ -> postgres.committer()).perSecond();
    }
  }

  private final class Creating implements Load.Client {

    private final Connection connection;

    Creating(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void request() {
      var _ =
          connection
              .post(Slipway.SERVICES, Requests.definition("web-" + names.incrementAndGet()))
              .orThrow("create");
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private final class Patching implements Load.Client {

    private final Connection connection;
    private final String uuid;
    private int containers;

    Patching(Connection connection) {
      this.connection = connection;
      this.uuid = Requests.create(connection, "web-" + names.incrementAndGet());
    }

    @Override
    public void request() {
      containers = containers % 9 + 1;
      Requests.patch(connection, uuid, containers);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private final class SwarmCreating implements Load.Client {

    private final Connection connection;

    SwarmCreating(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void request() {
      var _ = Swarm.create(connection, "web-" + names.incrementAndGet(), 0);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
