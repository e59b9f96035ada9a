package dev.slipway.benchmarks;

import dev.slipway.agent.messaging.KafkaOutbox;
import dev.slipway.benchmarks.processes.Pause;
import dev.slipway.model.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Many agents in one process, each with its own reconcile loop and a simulated Engine. Unlike real
 * ones they share their clients of Kafka, one consumer for each partition of assignments and one
 * outbox: a consumer asks the broker ten times a second even if nothing comes, and a thousand of
 * them would take this machine's processors from what is measured.
 */
final class SimulatedAgents implements AutoCloseable {

  static final String TAG = "simulated-fleet";
  private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(2);
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(10);

  private final List<SimulatedAgent> agents;
  private final KafkaOutbox outbox;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean running = true;

  SimulatedAgents(String kafka, int count, Path folder) {
    outbox = new KafkaOutbox(kafka);
    agents =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> new SimulatedAgent("fleet-" + number, folder, outbox))
            .toList();
    begin("fleet-heart", () -> each(BETWEEN_HEARTBEATS, SimulatedAgent::beat));
    begin("fleet-sweep", () -> each(BETWEEN_SWEEPS, SimulatedAgent::sweep));
    for (int partition = 0; partition < Topics.ASSIGNMENTS.partitions(); partition++) {
      var assignments = new SharedAssignments(kafka, partition, agents);
      begin("fleet-assignments-" + partition, () -> assignments.read(() -> running));
    }
  }

  private void begin(String name, Runnable work) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(() -> watched(work)));
  }

  private void watched(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      if (running) {
        failures.add(failure);
      }
    }
  }

  /** Each agent in its turn, spread over the time as those of a thousand hosts would be. */
  private void each(Duration within, Consumer<SimulatedAgent> work) {
    while (running) {
      long begin = System.nanoTime();
      for (int i = 0; i < agents.size() && running; i++) {
        long due = begin + within.toNanos() * i / agents.size();
        Pause.millis(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        work.accept(agents.get(i));
      }
      long end = begin + within.toNanos();
      Pause.millis(Math.max(0, (end - System.nanoTime()) / 1_000_000));
    }
  }

  List<SimulatedAgent> all() {
    return agents;
  }

  /**
   * @throws IllegalStateException if what the agents share has failed
   */
  void check() {
    var failure = failures.peek();
    if (failure != null) {
      throw new IllegalStateException("The agents have ended", failure);
    }
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    for (var thread : threads) {
      thread.join();
    }
    agents.parallelStream().forEach(SimulatedAgent::close);
    outbox.close();
  }
}
