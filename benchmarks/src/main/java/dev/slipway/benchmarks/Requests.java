package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Slipway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that several workloads send. */
final class Requests {

  private static final String DEFINITION =
      """
      {"image":"%s","name":"%s","target_num_containers":1,\
      "container_envvars":[{"key":"A","value":"b"},{"key":"KEY","value":"value"}]}""";

  private Requests() {}

  static String definition(String name) {
    return DEFINITION.formatted(EngineApi.IMAGE, name);
  }

  /** Returns the uuid. */
  static String create(Connection connection, String name) {
    return connection
        .post(Slipway.SERVICES, definition(name))
        .orThrow("create")
        .json()
        .path("uuid")
        .asString();
  }

  static void patch(Connection connection, String uuid, int containers) {
    var body = "{\"target_num_containers\":%d}".formatted(containers);
    var _ = connection.patch(Slipway.SERVICES + uuid + "/", body).orThrow("patch");
  }

  /** Makes many services, without measuring. */
  static List<String> createMany(Slipway slipway, int from, int to) throws InterruptedException {
    var next = new AtomicInteger(from);
    var uuids = java.util.Collections.synchronizedList(new ArrayList<String>());
    var threads = new ArrayList<Thread>();
    var failures = new java.util.concurrent.ConcurrentLinkedQueue<RuntimeException>();
    for (int client = 0; client < 16; client++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var connection = slipway.connect()) {
                      for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
                        uuids.add(create(connection, "filled-" + i));
                      }
                    } catch (RuntimeException failure) {
                      failures.add(failure);
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    var failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
    return List.copyOf(uuids);
  }
}
