package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.LIMIT;
import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Rounds.Wanted;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Postgres;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.benchmarks.processes.Swarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** B2: commands that are stored on disk, and visible, when they are answered. */
final class DurableCommands implements Workload {

  private static final int[] CLIENTS = {1, 8, 64};
  private static final int TURN_MS = 2_000;
  private static final String OWN =
      "create, then PATCH with a service for each client, over HTTP, answered when stored and visible";
  private static final String PEER_IS =
      "Docker Swarm's service create with no replicas, over the Engine's socket";
  private static final String LIMIT_IS =
      "PostgreSQL's own commits of one row, fsync on, one connection a client, at most %d"
          .formatted(Postgres.MOST_CLIENTS);

  /** The stand-in for MongoDB keeps all that is created in it. */
  private static final Map<String, String> SETTINGS = Map.of("SLIPWAY_HEAP", "6g");

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true, SETTINGS);
        var postgres = Postgres.startWithTable(run.folder().resolve("limit"));
        var swarm = run.engine() ? Swarm.init(new EngineApi()) : null) {
      var measuring = new Measuring(run, slipway, postgres, swarm);
      measuring.warmUp();
      var rows = new ArrayList<Row>();
      for (int clients : CLIENTS) {
        rows.addAll(measuring.rows(clients));
      }
      return rows;
    }
  }

  private final class Measuring {

    private static final int MOST_CREATES = 60_000;
    private static final int PATCHES = 20_000;

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

    void warmUp() throws InterruptedException {
      var creates = Duration.ofSeconds(run.quick() ? 15 : 150);
      new WarmUp("creates", MOST_CREATES, creates, _ -> Requests.creating(slipway, names))
          .run(run, slipway);
      var patched = services(64);
      var patches = Duration.ofSeconds(run.quick() ? 5 : 30);
      new WarmUp("PATCHes", PATCHES, patches, n -> Requests.patching(slipway, patched.get(n)))
          .run(run, slipway);
    }

    private List<String> services(int count) throws InterruptedException {
      int first = names.getAndAdd(count);
      return Requests.createMany(slipway, first, first + count);
    }

    /** The rates, and what a command costs. */
    List<Row> rows(int clients) throws Exception {
      var create = "B2 create, %d clients".formatted(clients);
      var patch = "B2 PATCH, %d clients".formatted(clients);
      var bars =
          clients == 1 ? new Bar[0] : new Bar[] {Bar.atLeast(1.5, PEER), Bar.atLeast(0.5, LIMIT)};
      return run.rounds()
          .measure(
              List.of(
                  new Wanted(create, "commands/s", bars),
                  new Wanted(patch, "commands/s", bars),
                  new Wanted(create + ", cost", "ms of processor"),
                  new Wanted(patch + ", cost", "ms of processor")),
              contenders(clients));
    }

    private List<Contender> contenders(int clients) {
      var contenders = new ArrayList<Contender>();
      contenders.add(new Contender(SLIPWAY, OWN, () -> own(clients)));
      if (swarm != null) {
        contenders.add(new Contender(PEER, PEER_IS, () -> forBoth(peer(swarm, clients))));
      }
      contenders.add(new Contender(LIMIT, LIMIT_IS, () -> forBoth(limit(clients))));
      return contenders;
    }

    private double[] own(int clients) throws InterruptedException {
      var patched = services(clients);
      var create =
          Costed.of(
              slipway, () -> Load.run(clients, turn(), _ -> Requests.creating(slipway, names)));
      var patch =
          Costed.of(
              slipway,
              () -> Load.run(clients, turn(), n -> Requests.patching(slipway, patched.get(n))));
      return new double[] {
        create.outcome().perSecond(), patch.outcome().perSecond(), create.millis(), patch.millis()
      };
    }

    private Duration turn() {
      return run.turn(TURN_MS);
    }

    /** Create and PATCH are compared with the same. */
    private static double[] forBoth(double rate) {
      return new double[] {rate, rate};
    }

    private double peer(Swarm swarm, int clients) throws InterruptedException {
      var outcome =
          Load.run(
              clients,
              turn(),
              _ -> new Requests.Sending(swarm.connect(), DurableCommands.this::createInSwarm));
      swarm.empty();
      return outcome.perSecond();
    }

    private double limit(int clients) throws InterruptedException {
      int connections = Math.min(clients, Postgres.MOST_CLIENTS);
      return Load.run(connections, turn(), _ -> postgres.committer()).perSecond();
    }
  }

  private void createInSwarm(Connection connection) {
    var _ = Swarm.create(connection, "web-" + names.incrementAndGet(), 0);
  }
}
