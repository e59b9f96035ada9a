package dev.slipway.standalone;

import dev.slipway.standalone.ApiClient.CannotAsk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What a Slipway does all day, done for a while over its own API: a JVM that keeps what it has
 * learnt from it (JEP 515) compiles less, and what matters, in the processes that come after.
 */
final class Rehearsal {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final int CLIENTS = 4;
  private static final int CONTAINERS = 4;
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ApiClient api;
  private final AtomicInteger names = new AtomicInteger();
  private final long begin = System.nanoTime();

  Rehearsal(Settings settings) {
    this.api =
        new ApiClient(
            Map.of(
                "SLIPWAY_PORT",
                Integer.toString(settings.port()),
                "SLIPWAY_DATA",
                settings.data().toString()));
  }

  /**
   * @return how many services lived and ended
   * @throws CannotAsk if something is not as it was rehearsed for
   */
  int play() {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var playing =
          IntStream.range(0, CLIENTS).mapToObj(_ -> clients.submit(this::client)).toList();
      for (var client : playing) {
        client.get();
      }
      return names.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof CannotAsk cause
          ? cause
          : new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotAsk("interrupted");
    }
  }

  private void client() {
    while (!isPast(LENGTH)) {
      lifeOf("rehearsed-" + names.incrementAndGet());
    }
  }

  private boolean isPast(Duration length) {
    return System.nanoTime() - begin > length.toNanos();
  }

  private void lifeOf(String name) {
    var definition =
        """
        {"image":"demo/hello:latest","name":"%s","container_ports":[{"protocol":"tcp","inner_port":80}],
         "container_envvars":[{"key":"COLOUR","value":"red"}]}"""
            .formatted(name);
    var path = SERVICES + api.send("POST", SERVICES, definition).path("uuid").asString() + "/";
    var target = "{\"target_num_containers\":%d}".formatted(CONTAINERS);
    var _ = api.send("PATCH", path, target);
    var _ = api.send("POST", path + "start/", "");
    await(() -> api.send("GET", path, "").path("running_num_containers").asInt() == CONTAINERS);
    for (var page :
        List.of(
            SERVICES,
            SERVICES + "?state=Running",
            path + "why/",
            "/api/app/v1/container/",
            "/api/audit/v1/action/",
            "/api/infra/v1/node/")) {
      var _ = api.send("GET", page, "");
    }
    var _ = api.send("DELETE", path, "");
    await(() -> api.send("GET", path, "").path("state").asString().equals("Terminated"));
  }

  private void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (isPast(LONGEST)) {
        throw new CannotAsk("it takes longer than " + LONGEST);
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new CannotAsk("interrupted");
      }
    }
  }
}
