package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/** Requests as clients may make them, of services that use what there is. */
final class RandomRequests {

  private static final int MOST_SERVICES = 4;

  /** That a service is in the wrong state for a request, or gone, is an answer like others. */
  private static final Set<Integer> ANSWERS = Set.of(200, 202, 404, 409);

  private final Install install;
  private final Random random;
  private final Map<String, String> services = new LinkedHashMap<>();
  private int made;
  private int asked;

  RandomRequests(Install install, Random random) {
    this.install = install;
    this.random = random;
  }

  int asked() {
    return asked;
  }

  /** One request, and what it was. */
  String ask() {
    asked++;
    if (services.isEmpty() || (services.size() < MOST_SERVICES && random.nextInt(4) == 0)) {
      return create();
    }
    var uri = List.copyOf(services.keySet()).get(random.nextInt(services.size()));
    return switch (random.nextInt(8)) {
      case 0 -> post(uri, "stop");
      case 1 -> post(uri, "start");
      case 2, 3 -> post(uri, "redeploy");
      case 4 -> terminate(uri);
      case 5 -> drain();
      default -> scale(uri);
    };
  }

  private String create() {
    var name = "random-" + ++made;
    var body = attributes();
    body.put("image", Engine.IMAGE);
    body.put("name", name);
    body.put("tags", List.of(Map.of("name", Host.TAG)));
    body.put("run_command", "httpd -f -p 80 -h /www");
    var uri = install.api.post(SERVICES, body).is(201).text("resource_uri");
    services.put(uri, name);
    body.keySet().removeAll(List.of("image", "name", "tags", "run_command"));
    return "create %s %s, %s".formatted(name, body, post(uri, "start"));
  }

  private Map<String, Object> attributes() {
    var body = new HashMap<String, Object>();
    body.put("autorestart", random.nextBoolean() ? "ALWAYS" : "OFF");
    if (random.nextInt(5) == 0) {
      body.put("deployment_strategy", "EVERY_NODE");
    } else {
      body.put("target_num_containers", random.nextInt(1, 4));
      body.put("deploy_order", random.nextBoolean() ? "start_first" : "stop_first");
    }
    body.put("deploy_batch", random.nextInt(1, 3));
    body.put("on_node_loss", random.nextBoolean() ? "reschedule" : "keep");
    body.put("container_ports", ports());
    if (random.nextInt(3) == 0) {
      body.put("bindings", List.of(Map.of("container_path", "/data")));
    }
    if (random.nextInt(3) == 0) {
      body.put(
          "health_check",
          Map.of("type", "tcp", "port", 80, "interval", 1, "timeout", 1, "retries", 5));
    }
    if (!services.isEmpty() && random.nextBoolean()) {
      var target = services.values().iterator().next();
      body.put("linked_to_service", List.of(Map.of("to_service", target, "name", "other")));
    }
    return body;
  }

  /** None, any that is free, or one of few that services may well fight for. */
  private List<Map<String, ?>> ports() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(Map.of("protocol", "tcp", "inner_port", 80, "published", true));
      case 1 -> {
        int outer = 19_000 + random.nextInt(2);
        yield List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", outer));
      }
      default -> List.of();
    };
  }

  private String post(String uri, String operation) {
    int status = status(install.api.post(uri + operation + "/"));
    return "%s %s %d".formatted(operation, services.get(uri), status);
  }

  private String terminate(String uri) {
    int status = status(install.api.delete(uri));
    var name = status == 202 ? services.remove(uri) : services.get(uri);
    return "terminate %s %d".formatted(name, status);
  }

  private String scale(String uri) {
    if (install.api.get(uri).text("deployment_strategy").equals("EVERY_NODE")) {
      return post(uri, "redeploy");
    }
    int target = random.nextInt(1, 4);
    int _ = status(install.api.patch(uri, Map.of("target_num_containers", target)));
    return post(uri, "scale") + " to " + target;
  }

  /** Of one host; {@link #undrain} ends it. */
  private String drain() {
    var host = "host" + random.nextInt(1, install.hosts.size() + 1);
    return "drain %s %d".formatted(host, status(install.api.post(install.node(host) + "drain/")));
  }

  /** Nothing is quiet while a host is drained and its containers have nowhere to go. */
  void undrain() {
    for (int host = 1; host <= install.hosts.size(); host++) {
      int _ = status(install.api.post(install.node("host" + host) + "undrain/"));
    }
  }

  void endAll() {
    for (var uri : services.keySet()) {
      install.api.delete(uri).is(202);
      install.awaitState(uri, "Terminated");
    }
  }

  private static int status(Api.Answer answer) {
    if (!ANSWERS.contains(answer.status())) {
      throw new AssertionFailedError(answer.status() + ": " + answer.raw().body());
    }
    return answer.status();
  }
}
