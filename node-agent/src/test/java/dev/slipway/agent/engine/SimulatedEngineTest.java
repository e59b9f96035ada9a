package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
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

  @Test
  void takesItsTime() {
    var engine = new SimulatedEngine(new Simulation(Duration.ofMillis(30), 0));
    long begin = System.nanoTime();
    engine.start(create(engine, wanted(1)));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(59));
  }

  @Test
  void refusesAsManyStartsAsItIsToldTo() {
    var engine = new SimulatedEngine(new Simulation(Duration.ZERO, 0.25));
    long refused =
        IntStream.rangeClosed(1, 400)
            .filter(
                _ -> {
                  var one = Samples.assignment(NODE, service(), 1, Wanted.RUNNING, 1);
                  return isRefused(engine, create(engine, one));
                })
            .count();
    assertThat(refused).isBetween(50L, 150L);
    var all = new SimulatedEngine(new Simulation(Duration.ZERO, 1));
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
