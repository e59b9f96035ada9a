package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates under load, on real containers: whoever asks is answered all the time. */
class RollingUpdateTest {

  private static final int UPDATES = 5;
  private static final int CLIENTS = 4;

  @Test
  void servesEveryRequestWhileItIsUpdatedAndRolledBack(@TempDir Path data) throws Exception {
    var engine = new Engine();
    var uuid = "";
    try (var slipway = Slipway.up(data, Program.freePort(), Program.freePort())) {
      var api = slipway.api();
      var created =
          api.post(
                  SERVICES,
                  Map.of(
                      "image",
                      Engine.IMAGE,
                      "name",
                      "rolling",
                      "target_num_containers",
                      4,
                      "container_ports",
                      List.of(Map.of("protocol", "tcp", "inner_port", 80, "published", true)),
                      "deploy_order",
                      "start_first",
                      "deploy_batch",
                      2,
                      "deploy_rollback",
                      true,
                      "health_check",
                      Map.of("type", "http", "port", 80, "interval", 1, "retries", 20)))
              .is(201);
      uuid = created.text("uuid");
      var uri = created.text("resource_uri");
      api.post(uri + "start/").is(202);
      awaitState(api, uri, "Running");
      try (var load = new Load(api, uri)) {
        for (int i = 1; i <= UPDATES; i++) {
          update(api, uri, Map.of("key", "UPDATE", "value", Integer.toString(i)));
          var action = redeploy(api, uri);
          assertThat(action.text("state"))
              .as("update %d: %s", i, action.json())
              .isEqualTo("Success");
        }
        rollBack(api, uri, "sh -c 'while true; do sleep 1; done'", "not healthy");
        rollBack(api, uri, "sh -c 'exit 1'", "ended with exit code 1 before it passed its check");
        load.stop();
        System.out.printf(
            "requests while updated: %d, failed: %d%n", load.answered(), load.failures.size());
        assertThat(load.failures).isEmpty();
        assertThat(load.answered()).isGreaterThan(1_000);
      }
    } finally {
      engine.removeAllOf(uuid);
    }
  }

  private static void rollBack(Api api, String uri, String command, String reason) {
    api.patch(uri, Map.of("run_command", command)).is(200);
    var failed = redeploy(api, uri);
    assertThat(failed.text("state")).isEqualTo("Failed");
    assertThat(failed.text("reason")).contains(reason, "rolled back");
    assertThat(api.get(uri).json().path("run_command").isNull()).isTrue();
    assertThat(api.get(uri).json().path("running_num_containers").asInt()).isEqualTo(4);
  }

  private static void update(Api api, String uri, Map<String, String> variable) {
    api.patch(uri, Map.of("container_envvars", List.of(variable))).is(200);
  }

  /** The action of a redeploy, once it is over. */
  private static Api.Answer redeploy(Api api, String uri) {
    var action =
        api.post(uri + "redeploy/")
            .is(202)
            .raw()
            .headers()
            .firstValue("X-DockerCloud-Action-URI")
            .orElseThrow();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> !api.get(action).is(200).text("state").equals("In progress"));
    return api.get(action);
  }

  private static void awaitState(Api api, String uri, String state) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(api.get(uri).text("state")).isEqualTo(state));
  }

  /** Clients that ask whichever container the API says runs, as a load balancer would. */
  private static final class Load implements AutoCloseable {

    private final HttpClient http =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Api api;
    private final String containers;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<Thread> threads;
    private volatile List<Integer> ports = List.of();

    Load(Api api, String service) {
      this.api = api;
      this.containers = "/api/app/v1/container/?state=Running&service=" + service;
      look();
      assertThat(ports).hasSize(4);
      threads = new java.util.ArrayList<>();
      threads.add(Thread.startVirtualThread(this::follow));
      for (int i = 0; i < CLIENTS; i++) {
        threads.add(Thread.startVirtualThread(this::ask));
      }
    }

    private void look() {
      ports =
          StreamSupport.stream(
                  api.get(containers).is(200).json().path("objects").spliterator(), false)
              .map(c -> c.path("container_ports").path(0).path("outer_port").asInt())
              .toList();
    }

    private void follow() {
      await()
          .forever()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                look();
                return !running.get();
              });
    }

    private void ask() {
      while (running.get()) {
        var known = ports;
        int port = known.get(ThreadLocalRandom.current().nextInt(known.size()));
        try {
          var request =
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                  .timeout(Duration.ofSeconds(5))
                  .build();
          var answer = http.send(request, BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            answered.incrementAndGet();
          } else {
            failures.add(port + " answers " + answer.statusCode());
          }
        } catch (IOException failure) {
          failures.add(port + ": " + failure);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    long answered() {
      return answered.get();
    }

    void stop() throws InterruptedException {
      running.set(false);
      for (var thread : threads) {
        thread.join();
      }
    }

    @Override
    public void close() {
      running.set(false);
      http.close();
    }
  }
}
