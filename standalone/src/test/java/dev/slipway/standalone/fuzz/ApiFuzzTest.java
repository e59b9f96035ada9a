package dev.slipway.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.InOneProcess;
import dev.slipway.standalone.embedded.FreePort;
import dev.slipway.standalone.fuzz.FuzzRequests.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random requests to every operation of the API's own description, most of them wrong: none ends as
 * a fault of the server, every error is JSON, every answer is as described, and the audit finds
 * nothing afterwards. {@code -Dfuzz.seed=…} makes the same requests again, {@code
 * -Dfuzz.requests=10000} makes it longer.
 */
class ApiFuzzTest {

  private static final int SHORT = 1_000;
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", SHORT);

  /** The short form repeats itself, so that a build fails for its own changes only. */
  private static final long SEED =
      Long.getLong("fuzz.seed", REQUESTS > SHORT ? System.nanoTime() : 9273938463341L);

  private static final int THREADS = 4;
  private static final List<String> NEVER_TOLD =
      List.of("Exception", "\tat ", "dev.slipway", "java.", "springframework", "jackson", "axon");

  private final int port = FreePort.forSlipway();
  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  @TempDir Path data;
  private String key = "";

  @Test
  void noRequestBreaksTheServerOrIsAnsweredOtherwiseThanDescribed() throws Exception {
    System.out.println("fuzz.seed=" + SEED + " fuzz.requests=" + REQUESTS);
    int kafka = FreePort.forSlipway();
    try (var slipway = InOneProcess.up(port, data, settings(kafka))) {
      key = Files.readString(data.resolve("apikey")).strip();
      var api = new ApiDescription(get("/v3/api-docs").body());
      var requests = new FuzzRequests(api, SEED, "admin", key);
      requests.know(made());
      redirectsNothing(api);
      send(requests, api);
      System.out.println("fuzz answers: " + new TreeMap<>(statuses));
      assertThat(statuses.keySet()).contains(200, 201, 202, 400, 404, 405, 415);
      assertThat(post("/api/app/v1/service/", "{\"image\":\"demo/hello\"}").status())
          .isEqualTo(201);
      InOneProcess.requireClean(port, kafka, data);
      assertThat(Files.readString(data.resolve("slipway.log"))).doesNotContain("Incident");
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
  }

  /** Old clients follow no redirect of a write or a stream, and send paths in both forms. */
  private void redirectsNothing(ApiDescription api) throws IOException {
    for (var operation : api.operations()) {
      if (!operation.isStream() && operation.path().startsWith("/api/")) {
        var path = operation.path().replaceAll("\\{[^}]*}", "unknown").replaceAll("/+$", "");
        for (var form : List.of(path, path + "/")) {
          assertThat(raw(operation.method(), form, "{}").status())
              .as("%s %s", operation.method(), form)
              .matches(status -> status < 300 || status >= 400);
        }
      }
    }
  }

  private static Map<String, String> settings(int kafka) {
    return Map.of(
        "SLIPWAY_KAFKA_PORT", Integer.toString(kafka), "SLIPWAY_QUOTA_WRITES_PER_SECOND", "100000");
  }

  private void send(FuzzRequests requests, ApiDescription api) throws InterruptedException {
    var checks = new ArrayList<Callable<Void>>();
    for (int number = 0; number < REQUESTS; number++) {
      var request = requests.next();
      checks.add(
          () -> {
            check(request, api);
            return null;
          });
    }
    var failures = new ArrayList<Throwable>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var check : threads.invokeAll(checks)) {
        if (check.state() == Future.State.FAILED) {
          failures.add(check.exceptionNow());
        }
      }
    }
    assertThat(failures.stream().limit(15)).as("%d failed", failures.size()).isEmpty();
  }

  private void check(Request request, ApiDescription api) throws IOException {
    var answer = RawAnswer.to(request.bytes(), port, request.stream());
    statuses.merge(answer.status(), 1, Integer::sum);
    var told = "seed %d: %s -> %s".formatted(SEED, request, answer);
    assertThat(answer.status())
        .as(told)
        .satisfiesAnyOf(
            status -> assertThat(status).isBetween(101, 399),
            status -> assertThat(status).isBetween(400, 499));
    boolean bodiless = request.toString().startsWith("HEAD ");
    if (answer.status() >= 400 && !bodiless) {
      assertThat(answer.isJson()).as(told).isTrue();
      assertThat(error(answer)).as(told).isNotBlank();
      assertThat(answer.body()).as(told).doesNotContain(NEVER_TOLD);
    }
    if (request.operation() != null && !bodiless && answer.whole()) {
      assertThat(api.faults(request.operation(), answer)).as(told).isEmpty();
    }
  }

  private static String error(RawAnswer answer) {
    try {
      return JsonMapper.shared().readTree(answer.body()).path("error").asString("");
    } catch (JacksonException notJson) {
      return "";
    }
  }

  /** The uuids of some of everything that can be made. */
  private List<String> made() throws IOException {
    var uuids = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      var service =
          json(post("/api/app/v1/service/", "{\"image\":\"demo/hello\",\"name\":\"fuzzed\"}"));
      uuids.add(service.path("uuid").asString());
      var uri = service.path("resource_uri").asString();
      uuids.add(json(post(uri + "trigger/", "{}")).path("uuid").asString());
      post(uri + "start/", "");
    }
    for (int i = 0; i < 4; i++) {
      var stack =
          json(
              post(
                  "/api/app/v1/stack/",
                  "{\"name\":\"s%d\",\"services\":[{\"name\":\"a\",\"image\":\"demo/hello\"}]}"
                      .formatted(i)));
      uuids.add(stack.path("uuid").asString());
    }
    for (var list : List.of("app/v1/container", "infra/v1/node", "audit/v1/action")) {
      json(get("/api/" + list + "/"))
          .path("objects")
          .forEach(one -> uuids.add(one.path("uuid").asString()));
    }
    uuids.add("admin");
    return uuids;
  }

  private static JsonNode json(RawAnswer answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private RawAnswer get(String path) throws IOException {
    return raw("GET", path, "");
  }

  private RawAnswer post(String path, String body) throws IOException {
    return raw("POST", path, body);
  }

  private RawAnswer raw(String method, String path, String body) throws IOException {
    var login =
        Base64.getEncoder().encodeToString(("admin:" + key).getBytes(StandardCharsets.UTF_8));
    var request =
        "%s %s HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, login, body.length(), body);
    return RawAnswer.to(request.getBytes(StandardCharsets.UTF_8), port, false);
  }
}
