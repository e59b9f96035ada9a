package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One service of a Compose file, converted into a service of a stack. */
final class ComposeService {

  /** Keys that the API reads in the form that Compose has. */
  private static final Set<String> SAME =
      Set.of(
          "command",
          "entrypoint",
          "labels",
          "expose",
          "extra_hosts",
          "healthcheck",
          "init",
          "stop_signal",
          "stop_grace_period",
          "ulimits",
          "shm_size",
          "logging",
          "tmpfs",
          "sysctls",
          "working_dir",
          "user",
          "hostname",
          "domainname",
          "mac_address",
          "privileged",
          "read_only",
          "tty",
          "stdin_open",
          "cap_add",
          "cap_drop",
          "devices",
          "security_opt",
          "cgroup_parent",
          "links",
          "cpu_shares",
          "cpuset",
          "volumes_from");

  /** Keys that are read elsewhere, or that say nothing of containers. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "environment",
          "env_file",
          "profiles",
          "extends",
          "image",
          "build",
          "deploy",
          "ports",
          "volumes");

  private final String name;
  private final JsonNode service;
  private final ComposeEnvironment environment;
  private final Path folder;
  private final Set<String> all;
  private final Notes notes;
  private final ObjectNode body = Json.object();

  /**
   * @param all names of the services that are deployed
   */
  ComposeService(
      String name,
      JsonNode service,
      Path folder,
      Interpolation known,
      List<String> notes,
      Set<String> all) {
    this.name = name;
    this.service = service;
    this.folder = folder;
    this.all = all;
    this.environment = new ComposeEnvironment(folder, known, notes);
    this.notes = new Notes("services." + name, notes);
  }

  ObjectNode convert() {
    body.put("name", name);
    image();
    var variables = environment.withFiles(name, service, true);
    if (!variables.isEmpty()) {
      body.set("environment", variables);
    }
    ComposePorts.convert(service.path("ports"), body, notes);
    ComposeVolumes.convert(service.path("volumes"), folder, body, notes);
    for (var key : service.properties()) {
      if (!key.getValue().isNull() && !ELSEWHERE.contains(key.getKey())) {
        key(key.getKey(), key.getValue());
      }
    }
    ComposeDeploy.convert(service.path("deploy"), body, notes);
    return body;
  }

  private void image() {
    var image = Json.text(service, "image");
    if (image.isEmpty()) {
      throw Failure.usage(
          "services.%s has no image%s"
              .formatted(
                  name,
                  service.has("build")
                      ? ": Slipway builds none; build it (docker build -t NAME …), push or load it"
                          + " on the nodes, and name it in image"
                      : ""));
    }
    body.put("image", image);
    if (service.has("build")) {
      notes.add("build", "is not done: %s must be in a registry or on the nodes".formatted(image));
    }
  }

  private void key(String key, JsonNode value) {
    if (SAME.contains(key)) {
      body.set(key, value);
      return;
    }
    switch (key) {
      case "depends_on" -> dependsOn(value);
      case "restart" -> restart(Json.text(value));
      case "network_mode" -> network(Json.text(value));
      case "networks" -> networks(value);
      case "mem_limit", "memswap_limit" -> ComposeDeploy.memory(key, value, body);
      case "scale" -> ComposeDeploy.replicas(key, Json.text(value), body);
      case "dns", "dns_search" ->
          body.set(key, value.isArray() ? value : Json.MAPPER.createArrayNode().add(value));
      case "pid" -> pid(Json.text(value));
      case "container_name" ->
          notes.add(
              key,
              "is left out: containers are called %s-1, %s-2 …; others reach the service as %s"
                  .formatted(name, name, name));
      default -> {
        if (!key.startsWith("x-")) {
          notes.without(key);
        }
      }
    }
  }

  private void dependsOn(JsonNode value) {
    var names = Json.MAPPER.createArrayNode();
    var given =
        value.isObject()
            ? List.copyOf(value.propertyNames())
            : value.valueStream().map(Json::text).toList();
    for (var other : given) {
      if (all.contains(other)) {
        names.add(other);
      } else {
        notes.add("depends_on." + other, "is left out: that service is not deployed");
      }
      var condition = Json.text(value.path(other), "condition");
      if (!condition.isEmpty() && !condition.equals("service_started")) {
        notes.add(
            "depends_on." + other,
            "waits until %s counts as running (for %s, give it a health_check)"
                .formatted(other, condition));
      }
    }
    if (!names.isEmpty()) {
      body.set("depends_on", names);
    }
  }

  private void restart(String policy) {
    var word = policy.contains(":") ? policy.substring(0, policy.indexOf(':')) : policy;
    if (!word.equals(policy)) {
      notes.add("restart", "has no limit of attempts here (%s)".formatted(policy));
    }
    if (word.equals("unless-stopped")) {
      notes.add("restart", "unless-stopped is taken as always");
      word = "always";
    }
    body.put("restart", word);
  }

  private void network(String mode) {
    if (mode.equals("host") || mode.equals("bridge")) {
      body.put("network_mode", mode);
    } else {
      throw Failure.usage(
          "services.%s.network_mode must be host or bridge (got \"%s\")".formatted(name, mode));
    }
  }

  private void networks(JsonNode value) {
    for (var one : value.properties()) {
      for (var key : one.getValue().propertyNames()) {
        notes.add(
            "networks.%s.%s".formatted(one.getKey(), key),
            key.equals("aliases")
                ? "is left out: others reach the service as %s alone, or by an alias of links"
                    .formatted(name)
                : "has no equivalent and is left out");
      }
    }
  }

  private void pid(String mode) {
    if (mode.equals("host")) {
      body.put("pid", mode);
    } else {
      notes.without("pid");
    }
  }
}
