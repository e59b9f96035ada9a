package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Memory;
import dev.slipway.benchmarks.processes.Processor;
import dev.slipway.benchmarks.processes.Slipway;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** B10: many nodes and many containers, from the first heartbeat until all is gone again. */
final class Scale implements Workload {

  private static final Map<String, String> SETTINGS = Map.of("SLIPWAY_HEAP", "2g");

  /** How much there is of everything. */
  private record Size(int agents, int services, int each) {

    int containers() {
      return services * each;
    }
  }

  private enum Figure {
    DEPLOYED("until all nodes are Deployed", "s", "from the first heartbeat"),
    CREATED("until all services are created", "s", "one request after the other"),
    RUNNING("until all containers are Running", "s", "from the first start/"),
    RATE("containers started", "containers/s", "from the first start/"),
    COST("cost of a start", "ms of processor", "of the process and of PostgreSQL, a container"),
    AGENTS_COST("cost of a start, agents", "ms of processor", "of the agents, a container"),
    MEMORY("memory", "MB", "of the process and of PostgreSQL, all Running"),
    AGENTS_MEMORY("memory, agents", "MB", "of the process with all agents, all Running"),
    GONE("until all are gone", "s", "from the first DELETE"),
    GONE_COST("cost of an end", "ms of processor", "of the process and of PostgreSQL, a container");

    private final String words;
    private final String unit;
    private final String what;

    Figure(String words, String unit, String what) {
      this.words = words;
      this.unit = unit;
      this.what = what;
    }

    Row row(Size size, List<Double> values) {
      var workload =
          "B10 %s, %,d nodes, %,d containers".formatted(words, size.agents(), size.containers());
      return Row.alone(workload, unit, what, values);
    }
  }

  @Override
  public List<Row> measure(Run run) throws Exception {
    var size = run.quick() ? new Size(100, 10, 100) : new Size(1_000, 100, 100);
    var figures = new EnumMap<Figure, List<Double>>(Figure.class);
    for (int round = 1; round <= run.rounds().count(); round++) {
      var folder = run.folder().resolve("round-" + round);
      try (var slipway = Slipway.up(folder.resolve("slipway"), true, SETTINGS);
          var fleet = new Fleet(slipway, size.agents(), folder.resolve("agents"))) {
        round(slipway, fleet, size)
            .forEach(
                (figure, value) ->
                    figures.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
      }
    }
    return figures.entrySet().stream()
        .map(entry -> entry.getKey().row(size, entry.getValue()))
        .toList();
  }

  private static Map<Figure, Double> round(Slipway slipway, Fleet fleet, Size size) {
    var deployed = used(slipway, fleet::awaitDeployed);
    var uuids = new ArrayList<String>();
    var created = used(slipway, () -> uuids.addAll(fleet.create(size.services(), size.each())));
    var up = used(slipway, () -> up(fleet, uuids, size));
    fleet.check(size.containers());
    var gone = used(slipway, () -> gone(fleet, uuids));
    fleet.check(0);
    return Map.of(
        Figure.DEPLOYED,
        deployed.seconds(),
        Figure.CREATED,
        created.seconds(),
        Figure.RUNNING,
        up.seconds(),
        Figure.RATE,
        size.containers() / up.seconds(),
        Figure.COST,
        1_000 * up.processor() / size.containers(),
        Figure.AGENTS_COST,
        1_000 * up.agents() / size.containers(),
        Figure.MEMORY,
        up.memory(),
        Figure.AGENTS_MEMORY,
        up.agentsMemory(),
        Figure.GONE,
        gone.seconds(),
        Figure.GONE_COST,
        1_000 * gone.processor() / size.containers());
  }

  private static void up(Fleet fleet, List<String> uuids, Size size) {
    uuids.forEach(fleet::start);
    fleet.awaitRunning(size.services(), size.containers());
  }

  private static void gone(Fleet fleet, List<String> uuids) {
    uuids.forEach(fleet::terminate);
    fleet.awaitGone();
  }

  /**
   * What something took: in seconds of the clock, and of the processors by each side; in MB what
   * each then holds.
   */
  private record Used(
      double seconds, double processor, double agents, double memory, double agentsMemory) {}

  private static Used used(Slipway slipway, Runnable work) {
    long begin = System.nanoTime();
    double processor = Processor.seconds(slipway.processes());
    double agents = Processor.seconds(Stream.of(ProcessHandle.current()));
    work.run();
    return new Used(
        (System.nanoTime() - begin) / 1e9,
        Processor.seconds(slipway.processes()) - processor,
        Processor.seconds(Stream.of(ProcessHandle.current())) - agents,
        Memory.of(slipway.processes()),
        Memory.of(Stream.of(ProcessHandle.current())));
  }
}
