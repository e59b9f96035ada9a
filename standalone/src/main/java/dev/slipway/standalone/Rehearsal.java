package dev.slipway.standalone;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a Slipway does all day, done a few times over its own API: a JVM that keeps what it has
 * learnt from it (JEP 515) compiles less, and what matters, in the processes that come after.
 */
final class Rehearsal {

  private static final String SERVICES = "/api/app/v1/service/";
  private static final int TIMES = 20;
  private static final int CONTAINERS = 10;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ApiClient api;
  private final long end = System.nanoTime() + LONGEST.toNanos();

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
   * @return true, once all was played
   * @throws ApiClient.CannotAsk if something is not as it was rehearsed for
   */
  boolean play() {
    for (int time = 1; time <= TIMES; time++) {
      lifeOf("rehearsed-" + time);
    }
    return true;
  }

  private void lifeOf(String name) {
    var definition = "{\"image\":\"demo/hello:latest\",\"name\":\"%s\"}".formatted(name);
    var path = SERVICES + api.send("POST", SERVICES, definition).path("uuid").asString() + "/";
    var target = "{\"target_num_containers\":%d}".formatted(CONTAINERS);
    var _ = api.send("PATCH", path, target);
    var _ = api.send("POST", path + "start/", "");
    await(() -> api.send("GET", path, "").path("running_num_containers").asInt() == CONTAINERS);
    var _ = api.send("GET", SERVICES, "");
    var _ = api.send("DELETE", path, "");
    await(() -> api.send("GET", path, "").path("state").asString().equals("Terminated"));
  }

  private void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new ApiClient.CannotAsk("it takes longer than " + LONGEST);
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ApiClient.CannotAsk("interrupted");
      }
    }
  }
}
