package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes and folders of the node. Relative paths are those of the file's folder, as Compose takes
 * them.
 */
final class ComposeVolumes {

  private static final Set<String> READ =
      Set.of("type", "source", "target", "read_only", "bind", "volume", "tmpfs", "consistency");

  private ComposeVolumes() {}

  /** The part before the first colon, or the source of the long form; empty if there is none. */
  static String source(JsonNode volume) {
    if (volume.isObject()) {
      return Json.text(volume, "source");
    }
    var text = Json.text(volume);
    return text.contains(":") ? text.substring(0, text.indexOf(':')) : "";
  }

  static void convert(JsonNode volumes, Path folder, ObjectNode body, Notes notes) {
    if (!volumes.isMissingNode() && !volumes.isNull() && !volumes.isArray()) {
      throw Failure.usage("volumes must be a list");
    }
    for (int at = 0; at < volumes.size(); at++) {
      var place = "volumes[%d]".formatted(at);
      var volume = volumes.get(at);
      var list = body.withArrayProperty("volumes");
      if (volume.isObject()) {
        list.add(longForm(place, volume, folder, notes));
      } else {
        list.add(shortForm(place, Json.text(volume), folder, notes));
      }
    }
  }

  private static String shortForm(String place, String text, Path folder, Notes notes) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text;
    }
    var source = text.substring(0, colon);
    return source(place, source, folder, notes) + text.substring(colon);
  }

  private static String source(String place, String source, Path folder, Notes notes) {
    if (isRelative(source)) {
      var path =
          source.startsWith("~")
              ? Path.of(System.getProperty("user.home", "/"), source.substring(1))
              : folder.resolve(source);
      var absolute = path.normalize().toString();
      notes.add(
          place,
          "is the folder %s of the node that a container runs on; nothing is copied there"
              .formatted(absolute));
      return absolute;
    }
    return source;
  }

  private static boolean isRelative(String source) {
    return source.startsWith(".") || source.startsWith("~");
  }

  private static ObjectNode longForm(String place, JsonNode volume, Path folder, Notes notes) {
    var type = Json.text(volume, "type");
    if (!type.isEmpty() && !List.of("bind", "volume", "tmpfs").contains(type)) {
      throw Failure.usage(
          "%s.type must be bind, volume or tmpfs (got \"%s\")".formatted(place, type));
    }
    var converted = Json.object();
    for (var key : volume.properties()) {
      switch (key.getKey()) {
        case "source" ->
            converted.put(
                "source", longSource(place, type, Json.text(key.getValue()), folder, notes));
        case "bind", "volume" ->
            key.getValue()
                .propertyNames()
                .forEach(inner -> notes.without("%s.%s.%s".formatted(place, key.getKey(), inner)));
        default -> {
          if (READ.contains(key.getKey())) {
            converted.set(key.getKey(), key.getValue());
          } else {
            notes.without(place + "." + key.getKey());
          }
        }
      }
    }
    converted.remove("consistency");
    return converted;
  }

  private static String longSource(
      String place, String type, String source, Path folder, Notes notes) {
    boolean bareFolder = type.equals("bind") && !source.startsWith("/") && !isRelative(source);
    return source(place, bareFolder ? "./" + source : source, folder, notes);
  }
}
