package dev.slipway.benchmarks;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.measure.Load;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Slipway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The requests that several workloads send. */
final class Requests {

  private static final String DEFINITION =
      """
      {"image":"%s","name":"%s","target_num_containers":1,\
      "container_envvars":[{"key":"A","value":"b"},{"key":"KEY","value":"value"}]}""";
  private static final int MOST_CONTAINERS = 9;
  private static final int FILLING_CLIENTS = 64;
  private static final Duration LONGEST_FILLING = Duration.ofMinutes(30);

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

  /** A client that sends the same kind of request again and again. */
  record Sending(Connection connection, Consumer<Connection> sent) implements Load.Client {

    @Override
    public void request() {
      sent.accept(connection);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  /** A client that creates services. */
  static Load.Client creating(Slipway slipway, AtomicInteger names) {
    return creating(slipway.address(), names);
  }

  static Load.Client creating(Address server, AtomicInteger names) {
    return new Sending(
        server.connect(),
        connection -> {
          var definition = definition("web-" + names.incrementAndGet());
          var _ = connection.post(Slipway.SERVICES, definition).orThrow("create");
        });
  }

  /** A client that changes one service. */
  static Load.Client patching(Slipway slipway, String uuid) {
    var changes = new AtomicInteger();
    return new Sending(
        slipway.connect(),
        connection -> patch(connection, uuid, changes.getAndIncrement() % MOST_CONTAINERS + 1));
  }

  /** Makes many services, without measuring; they are named {@code filled-}number. */
  static List<String> createMany(Slipway slipway, int from, int to) throws InterruptedException {
    var next = new AtomicInteger(from);
    var uuids = Collections.synchronizedList(new ArrayList<String>());
    var _ =
        Load.atMost(
            to - from,
            FILLING_CLIENTS,
            LONGEST_FILLING,
            _ ->
                new Sending(
                    slipway.connect(),
                    connection ->
                        uuids.add(create(connection, "filled-" + next.getAndIncrement()))));
    if (uuids.size() != to - from) {
      throw new IllegalStateException("only %,d services were made".formatted(uuids.size()));
    }
    return List.copyOf(uuids);
  }
}
