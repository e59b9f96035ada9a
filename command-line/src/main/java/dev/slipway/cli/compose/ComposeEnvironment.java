package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The variables of a service: those of its {@code env_file} below those of {@code environment}. */
final class ComposeEnvironment {

  private final Path folder;
  private final Interpolation known;
  private final List<String> notes;

  ComposeEnvironment(Path folder, Interpolation known, List<String> notes) {
    this.folder = folder;
    this.known = known;
    this.notes = notes;
  }

  /**
   * All variables.
   *
   * @param isCompose whether a dollar is a dollar; in stackfiles it begins the name of another
   *     variable
   */
  ObjectNode withFiles(String name, JsonNode service, boolean isCompose) {
    Map<String, String> values = new LinkedHashMap<>();
    files(name, service.path("env_file"), values);
    var object = Json.object();
    values.forEach((key, value) -> object.put(key, literal(value)));
    pairs("services.%s.environment".formatted(name), service.path("environment"))
        .forEach((key, value) -> put(name, object, key, value, isCompose));
    return object;
  }

  /** The API replaces names behind a dollar: a dollar itself is written twice. */
  private static String literal(String value) {
    return value.replace("$", "$$");
  }

  private void put(String service, ObjectNode into, String key, JsonNode value, boolean isCompose) {
    if (!value.isNull()) {
      into.put(key, isCompose ? literal(Json.text(value)) : Json.text(value));
      return;
    }
    var inherited = known.value(key);
    if (inherited == null) {
      notes.add(
          "services.%s.environment.%s has no value here: it stays as the image sets it"
              .formatted(service, key));
    } else {
      into.put(key, literal(inherited));
    }
  }

  private void files(String service, JsonNode node, Map<String, String> values) {
    if (node.isMissingNode() || node.isNull()) {
      return;
    }
    for (var one : node.isArray() ? node.valueStream().toList() : List.of(node)) {
      var path = one.isObject() ? Json.text(one, "path") : Json.text(one);
      boolean required = !one.isObject() || one.path("required").asBoolean(true);
      var file = folder.resolve(path);
      if (!Files.isRegularFile(file)) {
        if (required) {
          throw Failure.usage("services.%s.env_file: there is no file %s".formatted(service, file));
        }
        notes.add(
            "services.%s.env_file: there is no file %s, and none is required"
                .formatted(service, path));
        continue;
      }
      boolean raw = one.isObject() && Json.text(one, "format").equals("raw");
      if (raw) {
        notes.add("services.%s.env_file: format raw is read as any other".formatted(service));
      }
      values.putAll(EnvironmentFile.read(file, known));
    }
  }

  /** A mapping, or a list of {@code KEY=VALUE}; a key alone has the value null. */
  static Map<String, JsonNode> pairs(String place, JsonNode node) {
    var pairs = new LinkedHashMap<String, JsonNode>();
    if (node.isMissingNode() || node.isNull()) {
      return pairs;
    }
    if (node.isObject()) {
      node.properties().forEach(one -> pairs.put(one.getKey(), one.getValue()));
    } else if (node.isArray()) {
      for (var item : node) {
        if (item.isObject()) {
          item.properties().forEach(one -> pairs.put(one.getKey(), one.getValue()));
          continue;
        }
        var words = Json.text(item).split("=", 2);
        pairs.put(
            words[0],
            words.length > 1
                ? tools.jackson.databind.node.StringNode.valueOf(words[1])
                : tools.jackson.databind.node.NullNode.getInstance());
      }
    } else {
      throw Failure.usage("%s must be a mapping or a list of KEY=VALUE".formatted(place));
    }
    return pairs;
  }
}
