package dev.slipway.standalone.log;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.SimulatedEngine;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.messaging.AssignmentReader;
import dev.slipway.agent.messaging.LogCheckpoint;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.LogStamp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An Engine that outlives its agents, and remembers what it was asked to stop or remove. */
final class OneNode {

  static final NodeId ID = new NodeId("0a000000-0000-4000-8000-00000000000a");

  private final SimulatedEngine simulated = new SimulatedEngine();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final Engine engine;

  OneNode() {
    engine =
        (Engine)
            Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("stop") || method.getName().equals("remove")) {
                    ended.add((String) arguments[0]);
                  }
                  try {
                    return method.invoke(simulated, arguments);
                  } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                  }
                });
  }

  /** The containers that run. */
  Set<String> running() {
    return simulated.list(ID).stream()
        .filter(found -> found.state() == Found.State.RUNNING)
        .map(found -> found.labels().container().value())
        .collect(Collectors.toSet());
  }

  /** The containers that were stopped or removed since this was asked last. */
  Set<String> takeEnded() {
    var taken =
        ended.stream().map(id -> id.substring("simulated-".length())).collect(Collectors.toSet());
    ended.clear();
    return taken;
  }

  /** An agent as a process of its own would run. */
  final class Agent implements AutoCloseable {

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final LogCheckpoint checkpoint;
    private final ReconcileLoop loop;
    private final AssignmentReader reader;
    private final List<Thread> threads;

    Agent(String kafka, Path folder) {
      var logs =
          new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
      var work =
          new ContainerWork(
              ID,
              engine,
              new Images(engine, PullPolicy.NEVER, InstantSource.system()),
              _ -> {},
              folder,
              logs,
              new Pace(4, Duration.ZERO),
              InstantSource.system());
      checkpoint = new LogCheckpoint(folder);
      loop =
          new ReconcileLoop(
              ID, engine, new Assignments(), work, logs, Duration.ZERO, InstantSource.system());
      reader = new AssignmentReader(kafka, ID, loop, checkpoint);
      threads =
          List.of(
              Thread.startVirtualThread(() -> repeat(() -> reader.read(running::get))),
              Thread.startVirtualThread(() -> repeat(loop::sweep)));
    }

    private void repeat(Runnable work) {
      while (running.get()) {
        try {
          work.run();
          Thread.sleep(50);
        } catch (InterruptedException stop) {
          return;
        } catch (RuntimeException failure) {
          // a process would try again too
        }
      }
    }

    @Nullable LogStamp seen() {
      return checkpoint.seen();
    }

    @Nullable String problem() {
      return reader.problem();
    }

    List<Unowned> unowned() {
      return loop.unowned();
    }

    @Override
    public void close() {
      running.set(false);
      for (var thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      loop.close();
    }
  }
}
