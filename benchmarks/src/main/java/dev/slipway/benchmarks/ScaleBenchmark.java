package dev.slipway.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many nodes, many containers: how long until a Slipway that runs has them all Running, and gone
 * again. Arguments: URL, API key, bootstrap servers, agents, services, containers of each.
 */
public final class ScaleBenchmark {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String SERVICES = "/api/app/v1/service/";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String authorization;

  private ScaleBenchmark(String base, String apiKey) {
    this.base = base;
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(("admin:" + apiKey).getBytes());
  }

  public static void main(String[] arguments) throws Exception {
    int agents = Integer.parseInt(arguments[3]);
    int services = Integer.parseInt(arguments[4]);
    int containers = Integer.parseInt(arguments[5]);
    var folder = Files.createTempDirectory("slipway-scale");
    try (var _ = new SimulatedAgents(arguments[2], agents, folder)) {
      new ScaleBenchmark(arguments[0], arguments[1]).run(agents, services, containers);
    }
    System.exit(0);
  }

  private void run(int agents, int services, int containers) throws Exception {
    timed(
        "%d nodes Deployed".formatted(agents),
        () -> await("/api/infra/v1/node/?state=Deployed", agents));
    var made = new ArrayList<String>();
    timed(
        "%d services created".formatted(services),
        () -> {
          for (int number = 1; number <= services; number++) {
            made.add(create("scale-" + number, containers));
          }
        });
    timed(
        "%d × %d containers Running".formatted(services, containers),
        () -> {
          for (var uri : made) {
            send("POST", uri + "start/", "");
          }
          await("/api/app/v1/container/?state=Running", services * containers);
          await(SERVICES + "?state=Running", services);
        });
    System.out.printf("memory of this process, %d agents: %d MB%n", agents, usedMb());
    timed("all gone again", () -> end(made));
  }

  private void end(List<String> made) throws Exception {
    for (var uri : made) {
      send("DELETE", uri, "");
    }
    await("/api/app/v1/container/?state=Running", 0);
    await(SERVICES + "?state=Terminating", 0);
  }

  private static long usedMb() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void timed(String what, Step step) throws Exception {
    long begin = System.nanoTime();
    step.run();
    System.out.printf("%-40s %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
  }

  private String create(String name, int containers) throws Exception {
    var body =
        Map.of(
            "image",
            "simulated:1",
            "name",
            name,
            "target_num_containers",
            containers,
            "tags",
            List.of(Map.of("name", SimulatedAgents.TAG)));
    return send("POST", SERVICES, JsonMapper.shared().writeValueAsString(body))
        .path("resource_uri")
        .asString();
  }

  private void await(String list, int count) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    int seen = -1;
    while (seen < count || (count == 0 && seen > 0)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("%s has %d, not %d".formatted(list, seen, count));
      }
      Thread.sleep(500);
      seen = send("GET", list + "&limit=1", "").path("meta").path("total_count").asInt();
    }
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", authorization)
            .timeout(Duration.ofMinutes(2))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s %s: %s".formatted(method, path, answer.body()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }
}
