package dev.slipway.benchmarks;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.Need;
import dev.slipway.command.scheduling.Placement;
import dev.slipway.command.scheduling.Scheduler;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Placements a second on a cluster that is full of containers already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlacementBenchmark {

  private static final int CONTAINERS_A_NODE = 100;
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final Need NEED = new Need(WEB, Set.of("ssd"), Set.of());

  @Param({"10", "1000"})
  int nodes;

  @Param({"EMPTIEST_NODE", "HIGH_AVAILABILITY"})
  DeploymentStrategy strategy = DeploymentStrategy.EMPTIEST_NODE;

  private List<Candidate> candidates = List.of();

  @Setup
  public void fill() {
    var random = new Random(42);
    var filled = new ArrayList<Candidate>();
    for (int i = 0; i < nodes; i++) {
      Map<ServiceId, Integer> containers = new HashMap<>();
      for (int c = 0; c < CONTAINERS_A_NODE; c++) {
        containers.merge(
            new ServiceId(new UUID(0, random.nextInt(1_000)).toString()), 1, Integer::sum);
      }
      filled.add(
          new Candidate(
              new NodeId(new UUID(random.nextLong(), i).toString()),
              "node-" + i,
              "10.0.0.1",
              true,
              false,
              Set.of("ssd"),
              Set.of(),
              containers,
              CONTAINERS_A_NODE + random.nextInt(10)));
    }
    candidates = filled;
    if (!(place() instanceof Placement.On)) {
      throw new IllegalStateException("what finds no node is no placement: " + place());
    }
  }

  @Benchmark
  public Placement place() {
    return Scheduler.place(NEED, candidates, strategy);
  }
}
