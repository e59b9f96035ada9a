package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Agent;
import dev.slipway.benchmarks.processes.Memory;
import dev.slipway.benchmarks.processes.Pause;
import dev.slipway.benchmarks.processes.Slipway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** B8: how long a start takes, and how much memory is held. */
final class Footprint implements Workload {

  private static final int CLIENTS = 8;
  private static final int SETTLE_MS = 7_000;
  private static final int CREATES_MS = 6_000;
  private static final String MEMORY =
      "memory of the process and of PostgreSQL, what processes share counted once";

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public List<Row> measure(Run run) throws Exception {
    var data = run.folder().resolve("slipway");
    Slipway.up(data, true).close(); // makes the folders that a warm start finds
    var starts = new ArrayList<Double>();
    var idle = new ArrayList<Double>();
    var worked = new ArrayList<Double>();
    var agents = new ArrayList<Double>();
    var separate = new SeparateServices(run);
    for (int round = 0; round < run.rounds().count(); round++) {
      long begin = System.nanoTime();
      try (var slipway = Slipway.start(data, true, Map.of())) {
        slipway.awaitReady();
        starts.add((System.nanoTime() - begin) / 1e9);
        settle();
        idle.add(Memory.of(slipway.processes()));
        if (run.engine()) {
          agents.add(agent(run, slipway));
        }
        var _ = create(run, slipway.address(), names);
        worked.add(Memory.of(slipway.processes()));
      }
      separate.measure(round);
    }
    var rows = rows(starts, idle, worked, agents);
    rows.addAll(separate.rows());
    return rows;
  }

  static void settle() {
    Pause.millis(SETTLE_MS);
  }

  /** Returns how many services were created. */
  static long create(Run run, Address server, AtomicInteger names) throws InterruptedException {
    return Load.run(CLIENTS, run.turn(CREATES_MS), _ -> Requests.creating(server, names))
        .requests();
  }

  private static double agent(Run run, Slipway slipway) {
    try (var agent = Agent.start(run.folder().resolve("agent"), slipway)) {
      settle();
      return agent.memory();
    }
  }

  private static List<Row> rows(
      List<Double> starts, List<Double> idle, List<Double> worked, List<Double> agents) {
    var rows = new ArrayList<Row>();
    rows.add(
        Row.alone(
            "B8 start, warm", "s", "./slipway up, until readiness is 200", starts, Bar.atMost(10)));
    rows.add(Row.alone("B8 memory, idle", "MB", MEMORY, idle, Bar.atMost(1_500)));
    rows.add(
        Row.alone(
            "B8 memory, after creates by 8 clients", "MB", MEMORY, worked, Bar.atMost(1_500)));
    if (!agents.isEmpty()) {
      rows.add(
          Row.alone("B8 memory, agent alone", "MB", "./slipway agent", agents, Bar.atMost(150)));
    }
    return rows;
  }
}
