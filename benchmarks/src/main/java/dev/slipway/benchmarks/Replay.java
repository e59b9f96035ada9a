package dev.slipway.benchmarks;

import dev.slipway.benchmarks.measure.Bar;
import dev.slipway.benchmarks.measure.Row;
import dev.slipway.benchmarks.processes.Memory;
import dev.slipway.benchmarks.processes.Processor;
import dev.slipway.benchmarks.processes.Slipway;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** B5: a read model from nothing, out of a log that is already in Kafka. */
final class Replay implements Workload {

  private static final String HEAP = "8g";

  /** Builds that take longer are made twice at most. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  @Override
  public List<Row> measure(Run run) throws Exception {
    int events = run.quick() ? 100_000 : 1_000_000;
    var log = new SyntheticLog(events);
    var folds = new ArrayList<Double>();
    for (int round = 0; round <= run.rounds().count(); round++) {
      double perSecond = fold(log);
      if (round > 0) {
        folds.add(perSecond);
      }
    }
    var figures = new Figures(folds, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (var kafka = EmbeddedKafka.start(run.folder().resolve("kafka"), 0)) {
      log.fill(kafka.bootstrapServers());
      run.rounds().tell("replay, %,d events are in Kafka".formatted(events));
      builds(run, kafka, events, figures);
    }
    return rows(events, figures);
  }

  private static void builds(Run run, EmbeddedKafka kafka, int events, Figures figures) {
    boolean isShort = true;
    for (int round = 0; round < run.rounds().count() && (round < 2 || isShort); round++) {
      long begin = System.nanoTime();
      build(run, round, kafka, events, figures);
      isShort = System.nanoTime() - begin < SHORT.toNanos();
      run.rounds()
          .tell(
              "replay, build %d: %.0f events/s, %.0f µs of processor an event"
                  .formatted(round + 1, figures.rates().getLast(), figures.costs().getLast()));
    }
  }

  private record Figures(
      List<Double> folds, List<Double> rates, List<Double> costs, List<Double> peaks) {}

  private static List<Row> rows(int events, Figures figures) {
    var what = "%,d events of %,d services".formatted(events, events / SyntheticLog.EACH);
    return List.of(
        Row.alone(
            "B5 read and fold alone",
            "events/s",
            what + ", from their stored form, in one thread",
            figures.folds(),
            Bar.atLeast(50_000)),
        Row.alone(
            "B5 into an empty read model",
            "events/s",
            what + ", with the embedded stand-in, from the first answer until ready",
            figures.rates(),
            Bar.atLeast(10_000)),
        Row.alone("B5 cost", "µs of processor", "of all threads, for each event", figures.costs()),
        Row.alone(
            "B5 peak memory of the process",
            "MB",
            what + ", heap at most " + HEAP,
            figures.peaks()));
  }

  private static double fold(SyntheticLog log) {
    var services = new HashMap<String, Service>();
    long begin = System.nanoTime();
    for (int i = 0; i < log.size(); i++) {
      var stored = log.event(i);
      var event = (ServiceEvent) Wire.read(stored.event(), EventTypes.named(log.type(i)));
      services.compute(
          stored.subject(), (_, service) -> Service.evolve(service, event, stored.at()));
    }
    return log.size() / ((System.nanoTime() - begin) / 1e9);
  }

  /** A start with an empty log beside the same one with this log: the difference is the replay. */
  private static void build(Run run, int round, EmbeddedKafka kafka, int events, Figures figures) {
    var settings =
        Map.of(
            "SLIPWAY_KAFKA",
            kafka.bootstrapServers(),
            "SLIPWAY_KAFKA_PROPERTIES",
            kafka.clientProperties().toString(),
            "SLIPWAY_HEAP",
            HEAP);
    var data = run.folder().resolve("replay-" + round);
    try (var slipway = Slipway.start(data, true, settings)) {
      slipway.awaitAnswer();
      long begin = System.nanoTime();
      double before = Processor.seconds(slipway.processes());
      slipway.awaitReady();
      figures.rates().add(events / ((System.nanoTime() - begin) / 1e9));
      double used = Processor.seconds(slipway.processes()) - before;
      figures.costs().add(1e6 * used / events);
      figures.peaks().add(Memory.peak(slipway.process()));
    }
  }
}
