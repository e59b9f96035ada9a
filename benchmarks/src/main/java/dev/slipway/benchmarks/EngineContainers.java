package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.processes.EngineApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Containers made by the Engine's API and nothing else. */
final class EngineContainers {

  /** As many as an agent starts at a time. */
  static final int AT_A_TIME = 4;

  private static final String CONTAINER =
      """
      {"Image":"%s","Env":["A=b","KEY=value"],"HostConfig":{"Init":true}}\
      """
          .formatted(EngineApi.IMAGE);

  private EngineContainers() {}

  /** How long it took until all had started; they are removed again after that. */
  static double start(EngineApi engine, int containers) throws Exception {
    return start(engine, containers, CONTAINER, _ -> {});
  }

  /** A container that has not started yet, and a connection to change it by. */
  record Created(Connection connection, String id) {}

  /**
   * The same for other containers.
   *
   * @param body of the request that creates one
   * @param beforeStart what is done with each between create and start
   */
  static double start(EngineApi engine, int containers, String body, Consumer<Created> beforeStart)
      throws Exception {
    var ids = java.util.Collections.synchronizedList(new ArrayList<String>());
    try (var workers = Executors.newFixedThreadPool(AT_A_TIME)) {
      long begin = System.nanoTime();
      each(
          workers,
          engine,
          containers,
          (connection, _) -> ids.add(started(connection, body, beforeStart)));
      double took = Starts.millisSince(begin);
      var made = List.copyOf(ids);
      each(workers, engine, containers, (connection, i) -> remove(connection, made.get(i)));
      return took;
    }
  }

  private static void each(
      ExecutorService workers, EngineApi engine, int count, BiConsumer<Connection, Integer> work)
      throws Exception {
    var next = new java.util.concurrent.atomic.AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 0; worker < Math.min(AT_A_TIME, count); worker++) {
      running.add(
          workers.submit(
              () -> {
                try (var connection = engine.connect()) {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    work.accept(connection, i);
                  }
                }
              }));
    }
    for (var worker : running) {
      worker.get();
    }
  }

  private static String started(Connection connection, String body, Consumer<Created> beforeStart) {
    var id =
        connection
            .post("/containers/create", body)
            .orThrow("container create")
            .json()
            .path("Id")
            .asString();
    beforeStart.accept(new Created(connection, id));
    var _ = connection.post("/containers/" + id + "/start", null).orThrow("container start");
    return id;
  }

  private static void remove(Connection connection, String id) {
    var _ = connection.delete("/containers/" + id + "?force=true").orThrow("container rm");
  }
}
