package dev.slipway.benchmarks;

import static dev.slipway.benchmarks.measure.Role.PEER;
import static dev.slipway.benchmarks.measure.Role.SLIPWAY;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Rounds.Contender;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.benchmarks.processes.Swarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** B3: one service, a page of 25, a filtered page; with few and with many services. */
final class Reads implements Workload {

  private static final int CLIENTS = 8;
  private static final int FEW = 100;
  private static final int TURN_MS = 2_000;

  @Override
  public List<Row> measure(Run run) throws Exception {
    try (var slipway = Slipway.up(run.folder().resolve("slipway"), true);
        var swarm = run.engine() ? Swarm.init(new EngineApi()) : null) {
      var ids = swarm == null ? List.<String>of() : fill(swarm);
      var peer = swarm == null ? null : new Peer(swarm, ids);
      var uuids = Requests.createMany(slipway, 0, FEW);
      var rows = new ArrayList<>(new Measuring(run, slipway, peer, uuids).rows());
      int many = run.quick() ? 1_000 : 10_000;
      var all = new ArrayList<>(uuids);
      all.addAll(Requests.createMany(slipway, FEW, many));
      rows.addAll(new Measuring(run, slipway, peer, all).rows());
      return rows;
    }
  }

  private static List<String> fill(Swarm swarm) {
    var ids = new ArrayList<String>();
    try (var connection = swarm.connect()) {
      for (int i = 0; i < FEW; i++) {
        ids.add(Swarm.create(connection, "filled-" + i, 0));
      }
    }
    return ids;
  }

  private record Peer(Swarm swarm, List<String> ids) {}

  private record Measuring(Run run, Slipway slipway, @Nullable Peer peer, List<String> uuids) {

    List<Row> rows() throws Exception {
      return List.of(
          row(
              "one service",
              () -> Slipway.SERVICES + any(uuids) + "/",
              "GET of one",
              p -> "/services/" + any(p.ids())),
          row(
              "first page",
              () -> Slipway.SERVICES + "?limit=25",
              "GET of all 100, which has no pages",
              _ -> "/services"),
          row(
              "filtered by name",
              () -> Slipway.SERVICES + "?name=filled-" + any(FEW),
              "GET of all 100, filtered by name",
              _ ->
                  "/services?filters=%%7B%%22name%%22%%3A%%5B%%22filled-%d%%22%%5D%%7D"
                      .formatted(any(FEW))),
          row(
              "filtered by state",
              () -> Slipway.SERVICES + "?state=Not+running&limit=25",
              "GET of all 100, which has no filter by state",
              _ -> "/services"));
    }

    private Row row(
        String what, Supplier<String> path, String theirs, Function<Peer, String> theirPath)
        throws Exception {
      var contenders = new ArrayList<Contender>();
      contenders.add(new Contender(SLIPWAY, "GET over HTTP", () -> rate(slipway::connect, path)));
      if (peer != null) {
        contenders.add(
            new Contender(
                PEER,
                "Swarm with 100 services: " + theirs,
                () -> rate(peer.swarm()::connect, () -> theirPath.apply(peer))));
      }
      return run.rounds()
          .measure("B3 %s, of %,d".formatted(what, uuids.size()), "reads/s", contenders);
    }

    private double rate(Supplier<Connection> connections, Supplier<String> path)
        throws InterruptedException {
      return Load.run(
              CLIENTS, run.turn(TURN_MS), _ -> new Requests.Sending(connections.get(), read(path)))
          .perSecond();
    }
  }

  private static Consumer<Connection> read(Supplier<String> path) {
    return connection -> {
      var _ = connection.get(path.get()).orThrow("read");
    };
  }

  private static String any(List<String> ids) {
    return ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
  }

  private static int any(int most) {
    return ThreadLocalRandom.current().nextInt(most);
  }
}
