package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a stackfile or a Compose file. */
public final class StackFileReader {

  private final Map<String, String> variables;
  private final Set<String> profiles;
  private final @Nullable Path environmentFile;

  /**
   * @param variables of the process; they have precedence over those of files
   * @param environmentFile null for {@code .env} beside the file, if there is one
   */
  public StackFileReader(
      Map<String, String> variables, Set<String> profiles, @Nullable Path environmentFile) {
    this.variables = variables;
    this.profiles = profiles;
    this.environmentFile = environmentFile;
  }

  public StackFile read(Path file) {
    try {
      return read(file, Files.readString(file));
    } catch (IOException failure) {
      throw new Failure(Failure.USAGE, "cannot read %s: %s".formatted(file, reason(failure)));
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.charset.MalformedInputException _ -> "it is not UTF-8";
      default -> String.valueOf(failure.getMessage());
    };
  }

  StackFile read(Path file, String text) {
    var name = String.valueOf(file.getFileName());
    var json = Yaml.read(name, text);
    if (!json.isObject() || json.isEmpty()) {
      throw Failure.usage("%s has no services".formatted(name));
    }
    var folder = file.toAbsolutePath().getParent();
    var base = folder == null ? Path.of("/") : folder;
    var known = new Interpolation(known(base));
    if (isCompose(json)) {
      return new ComposeFile(json, base, known, profiles).read();
    }
    return stackfile(name, json, base, known);
  }

  /** The first form of Compose files and stackfiles has its services at the top. */
  private static boolean isCompose(JsonNode json) {
    var services = json.path("services");
    boolean hasImage = services.isObject() && (services.has("image") || services.has("build"));
    return json.has("version") && !json.path("version").isObject()
        || services.isObject() && !hasImage
        || json.has("include");
  }

  private Map<String, String> known(Path folder) {
    var file = environmentFile == null ? folder.resolve(".env") : environmentFile;
    var known = new HashMap<String, String>();
    if (environmentFile != null || Files.isRegularFile(file)) {
      known.putAll(EnvironmentFile.read(file, new Interpolation(variables)));
    }
    known.putAll(variables);
    return known;
  }

  /** Services go to the API as they are: it reads stackfiles itself. */
  private static StackFile stackfile(String file, JsonNode json, Path folder, Interpolation known) {
    var services = Json.MAPPER.createArrayNode();
    List<String> notes = new ArrayList<>();
    for (var one : json.properties()) {
      var service = one.getValue();
      if (!service.isObject()) {
        throw Failure.usage("%s: %s must have the keys of a service".formatted(file, one.getKey()));
      }
      var body = Json.object();
      body.put("name", one.getKey());
      var environment = new ComposeEnvironment(folder, known, notes);
      for (var key : service.properties()) {
        if (key.getKey().equals("env_file")) {
          body.set("environment", environment.withFiles(one.getKey(), service, false));
        } else if (!key.getKey().equals("environment") || !service.has("env_file")) {
          body.set(key.getKey(), key.getValue());
        }
      }
      services.add(body);
    }
    return new StackFile("", services, notes);
  }
}
