package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A Compose file, converted into a stack. Every key without an equivalent leaves a note. */
final class ComposeFile {

  private static final Set<String> TOP =
      Set.of("version", "name", "services", "volumes", "networks", "secrets", "configs");

  private final JsonNode file;
  private final Path folder;
  private final Interpolation known;
  private final Set<String> profiles;
  private final List<String> notes = new ArrayList<>();

  ComposeFile(JsonNode file, Path folder, Interpolation known, Set<String> profiles) {
    this.known = known;
    this.folder = folder;
    this.profiles = profiles;
    this.file = known.in("", file);
  }

  StackFile read() {
    if (file.has("include")) {
      throw Failure.usage(
          "include is not read: write one file with all services, such as docker compose config"
              + " prints");
    }
    top();
    var chosen = chosen();
    if (chosen.isEmpty()) {
      throw Failure.usage(
          "no service is left to deploy: all have profiles, and none is chosen with --profile");
    }
    var services = Json.MAPPER.createArrayNode();
    chosen.forEach((name, service) -> services.add(convert(name, service, chosen.keySet())));
    shared(chosen);
    known
        .unset()
        .forEach(
            name ->
                notes.add(
                    0, "the variable %s is not set: nothing stands in its place".formatted(name)));
    return new StackFile(Json.text(file, "name"), services, notes);
  }

  private ObjectNode convert(String name, JsonNode service, Set<String> all) {
    return new ComposeService(name, service, folder, known, notes, all).convert();
  }

  private void top() {
    for (var key : file.properties()) {
      if (!TOP.contains(key.getKey()) && !key.getKey().startsWith("x-")) {
        notes.add("%s has no equivalent and is left out".formatted(key.getKey()));
      }
    }
    for (var kind : List.of("secrets", "configs")) {
      file.path(kind)
          .propertyNames()
          .forEach(
              name ->
                  notes.add(
                      "%s.%s is not made: Slipway mounts none; use a variable, or a folder of the node"
                          .formatted(kind, name)));
    }
    for (var volume : file.path("volumes").properties()) {
      var options = volume.getValue();
      if (options.isObject() && !options.isEmpty()) {
        notes.add(
            "volumes.%s: %s left out; each container of a service has a volume of its own"
                .formatted(volume.getKey(), String.join(", ", options.propertyNames())));
      }
    }
    var networks = file.path("networks").propertyNames();
    if (!networks.isEmpty()) {
      notes.add(
          "networks (%s) are not made: all containers of a namespace on a node share one"
              .formatted(String.join(", ", networks)));
    }
  }

  /** The services whose profiles are on. */
  private Map<String, JsonNode> chosen() {
    var chosen = new LinkedHashMap<String, JsonNode>();
    for (var one : file.path("services").properties()) {
      if (!one.getValue().isObject()) {
        throw Failure.usage("services.%s must have the keys of a service".formatted(one.getKey()));
      }
      var service = extended(one.getKey(), one.getValue(), 0);
      var wanted = Json.list(service, "profiles").stream().map(Json::text).toList();
      if (wanted.isEmpty()
          || profiles.contains("*")
          || wanted.stream().anyMatch(profiles::contains)) {
        chosen.put(one.getKey(), service);
      } else {
        notes.add(
            "services.%s is left out: its profiles are %s (choose with --profile)"
                .formatted(one.getKey(), String.join(", ", wanted)));
      }
    }
    return chosen;
  }

  /**
   * A service with the keys of the one that it extends; its own have precedence, mappings and lists
   * are joined.
   */
  private JsonNode extended(String name, JsonNode service, int depth) {
    var extend = service.path("extends");
    if (extend.isMissingNode()) {
      return service;
    }
    var base = extend.isObject() ? Json.text(extend, "service") : Json.text(extend);
    var other = file.path("services").path(base);
    if (extend.has("file") || !other.isObject() || depth > 10) {
      throw Failure.usage(
          "services.%s.extends must name another service of the same file".formatted(name));
    }
    return Merge.of(extended(base, other, depth + 1), service);
  }

  /** A named volume that several services use is one in Compose, and several here. */
  private void shared(Map<String, JsonNode> chosen) {
    var users = new LinkedHashMap<String, List<String>>();
    chosen.forEach(
        (name, service) ->
            Json.list(service, "volumes").stream()
                .map(ComposeVolumes::source)
                .filter(source -> file.path("volumes").has(source))
                .forEach(
                    source -> users.computeIfAbsent(source, _ -> new ArrayList<>()).add(name)));
    users.forEach(
        (volume, names) -> {
          if (names.size() > 1) {
            notes.add(
                "volumes.%s is not shared by %s: each has its own; share with volumes_from"
                    .formatted(volume, String.join(" and ", names)));
          }
        });
  }
}
