package dev.slipway.docker;

import static dev.slipway.docker.FakeDockerServer.json;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The containers, networks and images of a {@link FakeDockerServer}. */
public final class FakeContainers {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String engineId;
  private final Map<String, FakeContainer> containers = new ConcurrentHashMap<>();
  private final Set<String> networks = ConcurrentHashMap.newKeySet();
  private final Set<String> images = ConcurrentHashMap.newKeySet();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger pulls = new AtomicInteger();
  private volatile Duration registryTimeout = Duration.ZERO;
  private volatile boolean registryAway;
  private volatile JsonNode lastCreate = JSON.createObjectNode();

  private record FakeContainer(String id, String name, JsonNode labels, String state) {
    boolean hasAll(List<String> wanted) {
      return wanted.stream()
          .map(label -> label.split("=", 2))
          .allMatch(label -> labels.path(label[0]).asString("").equals(label[1]));
    }

    FakeContainer now(String state) {
      return new FakeContainer(id, name, labels, state);
    }
  }

  FakeContainers(String engineId) {
    this.engineId = engineId;
    images.add("demo/hello:latest");
  }

  /** How many were ever created, also those that are gone. */
  public int created() {
    return created.get();
  }

  /** The body of the last request to create a container. */
  JsonNode lastCreate() {
    return lastCreate;
  }

  public int pulls() {
    return pulls.get();
  }

  /** Lets every pull fail, after as long. */
  public void registryAway(Duration timeout) {
    registryTimeout = timeout;
    registryAway = true;
  }

  /** The names of those that run. */
  public List<String> running() {
    return containers.values().stream()
        .filter(one -> one.state.equals("running"))
        .map(FakeContainer::name)
        .sorted()
        .toList();
  }

  String info(String version) {
    return """
    {"ID":"%s","ServerVersion":"%s","NCPU":2,"MemTotal":4294967296,"Driver":"overlay2",
    "OperatingSystem":"Fake Linux","CgroupVersion":"2","DockerRootDir":"/var/lib/fake",
    "SecurityOptions":["name=seccomp,profile=builtin","name=rootless"]}\
    """
        .formatted(engineId, version);
  }

  void serve(HttpExchange exchange, String path) throws IOException {
    var parts = Arrays.asList(path.substring(1).split("/"));
    switch (parts.getFirst()) {
      case "images" -> image(exchange, path);
      case "networks" -> network(exchange, parts);
      case "containers" -> container(exchange, parts);
      default -> json(exchange, 404, "{\"message\":\"page not found\"}");
    }
  }

  private void image(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/images/create")) {
      pulls.incrementAndGet();
      pull(exchange);
      return;
    }
    var name = path.replaceFirst("/images/", "").replaceFirst("/json$", "");
    if (has(name)) {
      json(exchange, 200, "{\"Id\":\"sha256:%s\",\"Config\":{}}".formatted(engineId));
    } else {
      json(exchange, 404, "{\"message\":\"No such image: %s\"}".formatted(name));
    }
  }

  private boolean has(String image) {
    return images.contains(image) || images.contains(image + ":latest");
  }

  private void pull(HttpExchange exchange) throws IOException {
    if (!registryAway) {
      json(exchange, 200, "{\"status\":\"Status: Image is up to date\"}");
      return;
    }
    try {
      Thread.sleep(registryTimeout);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    json(exchange, 500, "{\"message\":\"Get https://registry/v2/: context deadline exceeded\"}");
  }

  private void network(HttpExchange exchange, List<String> parts) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      var name = body(exchange).path("Name").asString();
      networks.add(name);
      json(exchange, 201, "{\"Id\":\"%s\",\"Warning\":\"\"}".formatted(name));
    } else if (parts.size() == 1) {
      var all = networks.stream().map("{\"Name\":\"%1$s\",\"Id\":\"%1$s\"}"::formatted).toList();
      json(exchange, 200, all.toString());
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      networks.remove(parts.get(1));
      json(exchange, 204, "");
    } else if (networks.contains(parts.get(1))) {
      json(exchange, 200, "{\"Name\":\"%1$s\",\"Id\":\"%1$s\"}".formatted(parts.get(1)));
    } else {
      json(exchange, 404, "{\"message\":\"network %s not found\"}".formatted(parts.get(1)));
    }
  }

  private void container(HttpExchange exchange, List<String> parts) throws IOException {
    if (parts.equals(List.of("containers", "create"))) {
      create(exchange);
      return;
    }
    if (parts.equals(List.of("containers", "json"))) {
      var wanted = labels(exchange);
      var listed =
          containers.values().stream()
              .filter(one -> one.hasAll(wanted))
              .map(FakeContainers::listed)
              .toList();
      json(exchange, 200, listed.toString());
      return;
    }
    var found = find(parts.get(1));
    if (found.isEmpty()) {
      json(exchange, 404, "{\"message\":\"No such container: %s\"}".formatted(parts.get(1)));
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      containers.remove(found.get().id);
      json(exchange, 204, "");
    } else {
      act(exchange, found.get(), parts.getLast());
    }
  }

  private void act(HttpExchange exchange, FakeContainer found, String what) throws IOException {
    switch (what) {
      case "json" -> json(exchange, 200, inspected(found));
      case "start" -> {
        containers.put(found.id, found.now("running"));
        json(exchange, found.state.equals("running") ? 304 : 204, "");
      }
      case "stop" -> {
        containers.put(found.id, found.now("exited"));
        json(exchange, 204, "");
      }
      default -> json(exchange, 404, "{\"message\":\"page not found\"}");
    }
  }

  private synchronized void create(HttpExchange exchange) throws IOException {
    var name = exchange.getRequestURI().getQuery().replaceFirst("(^|.*&)name=([^&]*).*", "$2");
    var wanted = body(exchange);
    lastCreate = wanted;
    if (!has(wanted.path("Image").asString())) {
      json(exchange, 404, "{\"message\":\"No such image\"}");
    } else if (find(name).isPresent()) {
      json(exchange, 409, "{\"message\":\"Conflict. The container name is already in use\"}");
    } else {
      var id = engineId + "-" + created.incrementAndGet();
      containers.put(id, new FakeContainer(id, name, wanted.path("Labels"), "created"));
      json(exchange, 201, "{\"Id\":\"%s\",\"Warnings\":[]}".formatted(id));
    }
  }

  private Optional<FakeContainer> find(String idOrName) {
    return containers.values().stream()
        .filter(one -> one.id.equals(idOrName) || one.name.equals(idOrName))
        .findFirst();
  }

  /** What a list is filtered by, each as key=value. */
  private static List<String> labels(HttpExchange exchange) {
    var query = String.valueOf(exchange.getRequestURI().getQuery());
    int filters = query.indexOf("filters=");
    if (filters < 0) {
      return List.of();
    }
    var json = query.substring(filters + "filters=".length()).replaceFirst("}&.*", "}");
    return JSON.readTree(json).path("label").valueStream().map(JsonNode::asString).toList();
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    return JSON.readTree(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String listed(FakeContainer one) {
    return "{\"Id\":\"%s\",\"Created\":1,\"Names\":[\"/%s\"],\"State\":\"%s\",\"Labels\":%s}"
        .formatted(one.id, one.name, one.state, one.labels);
  }

  private static String inspected(FakeContainer one) {
    return """
    {"Id":"%s","Name":"/%s","RestartCount":0,"Config":{"Labels":%s},
    "State":{"Status":"%s","Running":%s,"ExitCode":0,"StartedAt":"2026-01-01T00:00:00Z",
    "FinishedAt":"2026-01-01T00:00:00Z"},
    "NetworkSettings":{"Ports":{},"Networks":{"n":{"IPAddress":"10.0.0.2"}}}}\
    """
        .formatted(one.id, one.name, one.labels, one.state, one.state.equals("running"));
  }
}
