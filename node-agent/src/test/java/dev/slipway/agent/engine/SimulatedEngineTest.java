package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found.End;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.engine.Simulation.Crashes;
import dev.slipway.agent.engine.Simulation.Latencies;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedEngineTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");

  private final ServiceId web = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private static String create(SimulatedEngine engine, Assignment assignment) {
    return engine.create(NODE, assignment, engine.image("any").orElseThrow());
  }

  private Assignment wanted(int slot) {
    return Samples.assignment(NODE, web, slot, Wanted.RUNNING, 1);
  }

  private static CountDownLatch endOfLog(SimulatedEngine engine, String id) {
    var ended = new CountDownLatch(1);
    var _ =
        engine.logs(
            id,
            Instant.EPOCH,
            true,
            new Engine.LogSink() {
              @Override
              public void bytes(boolean stderr, byte[] bytes) {}

              @Override
              public void ended() {
                ended.countDown();
              }
            });
    return ended;
  }

  @Test
  void endsALogWithItsContainer() {
    var engine = new SimulatedEngine();
    var stopped = create(engine, wanted(1));
    var removed = create(engine, wanted(2));
    engine.start(stopped);
    engine.start(removed);
    var endOfStopped = endOfLog(engine, stopped);
    var endOfRemoved = endOfLog(engine, removed);
    assertThat(endOfStopped.getCount()).isOne();
    engine.stop(stopped, Duration.ZERO);
    engine.remove(removed);
    assertThat(endOfStopped.getCount()).isZero();
    assertThat(endOfRemoved.getCount()).isZero();
    var endOfLateRead = endOfLog(engine, stopped);
    var endOfNothing = endOfLog(engine, "never-there");
    await().until(() -> endOfLateRead.getCount() == 0);
    await().until(() -> endOfNothing.getCount() == 0);
  }

  private static Duration timed(Runnable call) {
    long begin = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void takesItsTimeForEachKindOfCall() {
    var latencies = new Latencies(millis(20), millis(30), millis(40), millis(50));
    var engine = new SimulatedEngine(Simulation.SMOOTH.with(latencies, 0));
    assertThat(timed(() -> create(engine, wanted(1)))).isGreaterThanOrEqualTo(millis(20));
    var id = create(engine, wanted(2));
    assertThat(timed(() -> engine.start(id))).isGreaterThanOrEqualTo(millis(30));
    assertThat(timed(() -> engine.stop(id, Duration.ZERO))).isGreaterThanOrEqualTo(millis(40));
    assertThat(timed(() -> engine.remove(id))).isGreaterThanOrEqualTo(millis(50));
  }

  @Test
  void varies() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.with(Latencies.of(millis(40)), 0.5));
    var times = IntStream.range(0, 20).mapToObj(_ -> timed(() -> engine.start("any"))).toList();
    assertThat(times).allMatch(time -> time.compareTo(millis(20)) >= 0);
    assertThat(times).anyMatch(time -> time.compareTo(millis(40)) < 0);
  }

  @Test
  void leavesAsManyCallsUnansweredAsItIsToldTo() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.withUnavailable(0.25));
    long unanswered = IntStream.range(0, 400).filter(_ -> isUnanswered(engine)).count();
    assertThat(unanswered).isBetween(50L, 150L);
    var silent = new SimulatedEngine(Simulation.SMOOTH.withUnavailable(1));
    assertThatThrownBy(() -> create(silent, wanted(1))).isInstanceOf(EngineUnavailable.class);
  }

  private static boolean isUnanswered(SimulatedEngine engine) {
    try {
      var _ = engine.list(NODE);
      return false;
    } catch (EngineUnavailable unanswered) {
      return true;
    }
  }

  @Test
  void endsContainersThatAreToCrashAndTells() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.with(new Crashes(1, millis(50), 137)));
    var changes = new AtomicInteger();
    var _ = engine.watch(NODE, counting(changes));
    var id = create(engine, wanted(1));
    engine.start(id);
    assertThat(engine.list(NODE).getFirst().state()).isEqualTo(State.RUNNING);
    var end = endOfLog(engine, id);
    await().untilAsserted(() -> assertThat(end.getCount()).isZero());
    assertThat(engine.list(NODE))
        .extracting(Found::end)
        .extracting(End::exitCode)
        .containsExactly(137);
    assertThat(changes).hasValue(2);
  }

  private static Engine.Watcher counting(AtomicInteger changes) {
    return new Engine.Watcher() {
      @Override
      public void changed(Found.Labels container) {
        changes.incrementAndGet();
      }

      @Override
      public void ended() {}
    };
  }

  @Test
  void letsAsManyContainersRunOnAsAreNotToCrash() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.with(new Crashes(0.25, millis(1), 1)));
    for (int i = 0; i < 400; i++) {
      engine.start(create(engine, Samples.assignment(NODE, service(), 1, Wanted.RUNNING, 1)));
    }
    await()
        .during(millis(200))
        .untilAsserted(
            () ->
                assertThat(engine.list(NODE).stream().filter(one -> one.end() != null).count())
                    .isBetween(50L, 150L));
  }

  @Test
  void doesNotCrashWhatWasStopped() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.with(new Crashes(1, millis(50), 137)));
    var id = create(engine, wanted(1));
    engine.start(id);
    engine.stop(id, Duration.ZERO);
    await()
        .during(millis(150))
        .untilAsserted(
            () ->
                assertThat(engine.list(NODE))
                    .extracting(Found::end)
                    .extracting(End::exitCode)
                    .containsExactly(143));
  }

  @Test
  void refusesAsManyStartsAsItIsToldTo() {
    var engine = new SimulatedEngine(Simulation.SMOOTH.withFailures(0.25));
    long refused =
        IntStream.rangeClosed(1, 400)
            .filter(
                _ -> {
                  var one = Samples.assignment(NODE, service(), 1, Wanted.RUNNING, 1);
                  return isRefused(engine, create(engine, one));
                })
            .count();
    assertThat(refused).isBetween(50L, 150L);
    var all = new SimulatedEngine(Simulation.SMOOTH.withFailures(1));
    var id = create(all, wanted(1));
    assertThatThrownBy(() -> all.start(id)).isInstanceOf(EngineRefused.class);
  }

  private static ServiceId service() {
    return new ServiceId(Uuids.random());
  }

  private static boolean isRefused(SimulatedEngine engine, String id) {
    try {
      engine.start(id);
      return false;
    } catch (EngineRefused refused) {
      return true;
    }
  }
}
