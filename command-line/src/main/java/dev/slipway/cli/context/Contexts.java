package dev.slipway.cli.context;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contexts of a user: names of Slipways in config.json, their API keys in credentials.json.
 * Only the user reads both.
 */
public final class Contexts {

  private static final String CONTEXTS = "contexts";
  private static final String CURRENT = "current";

  private final Path config;
  private final Path credentials;

  public Contexts(Path folder) {
    this.config = folder.resolve("config.json");
    this.credentials = folder.resolve("credentials.json");
  }

  /** In {@code XDG_CONFIG_HOME}, or in .config of the home folder. */
  public static Contexts of(Map<String, String> environment) {
    var own = environment.get("SLIPWAY_CONFIG");
    if (own != null && !own.isBlank()) {
      return new Contexts(Path.of(own));
    }
    var xdg = environment.get("XDG_CONFIG_HOME");
    var home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    var base = xdg == null || xdg.isBlank() ? Path.of(home, ".config") : Path.of(xdg);
    return new Contexts(base.resolve("slipway"));
  }

  public List<String> names() {
    return List.copyOf(read(config).path(CONTEXTS).propertyNames());
  }

  public @Nullable String current() {
    var current = Json.text(read(config), CURRENT);
    return current.isEmpty() ? null : current;
  }

  /** The url, user and namespace of a context; null if there is none of that name. */
  public @Nullable JsonNode find(String name) {
    var found = read(config).path(CONTEXTS).path(name);
    return found.isObject() ? found : null;
  }

  public @Nullable String key(String name) {
    var key = Json.text(read(credentials), name);
    return key.isEmpty() ? null : key;
  }

  /** Adds a context or changes it; the first becomes the current one. */
  public void put(String name, Map<String, String> values, @Nullable String key) {
    if (!name.matches("[A-Za-z0-9_.-]{1,63}")) {
      throw Failure.usage(
          "name of a context must have 1 to 63 letters, digits, '.', '-' or '_' (got \"%s\")"
              .formatted(name));
    }
    var json = read(config);
    json.withObjectProperty(CONTEXTS).set(name, Json.object(values));
    if (!json.has(CURRENT)) {
      json.put(CURRENT, name);
    }
    write(config, json);
    if (key != null) {
      var keys = read(credentials);
      keys.put(name, key);
      write(credentials, keys);
    }
  }

  public void use(String name) {
    require(name);
    var json = read(config);
    json.put(CURRENT, name);
    write(config, json);
  }

  public void remove(String name) {
    require(name);
    var json = read(config);
    json.withObjectProperty(CONTEXTS).remove(name);
    if (Json.text(json, CURRENT).equals(name)) {
      json.remove(CURRENT);
    }
    write(config, json);
    var keys = read(credentials);
    keys.remove(name);
    write(credentials, keys);
  }

  private void require(String name) {
    if (find(name) == null) {
      throw new Failure(
          Failure.NOT_FOUND,
          "no context '%s'".formatted(name),
          "There are: " + (names().isEmpty() ? "none" : String.join(", ", names())));
    }
  }

  private static ObjectNode read(Path file) {
    try {
      return Json.MAPPER.readTree(Files.readString(file)) instanceof ObjectNode object
          ? object
          : Json.object();
    } catch (NoSuchFileException none) {
      return Json.object();
    } catch (IOException | JacksonException unreadable) {
      throw new Failure(
          Failure.FAILED, "cannot read %s: %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static void write(Path file, ObjectNode json) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var next = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, Json.pretty(json) + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new Failure(
          Failure.FAILED, "cannot write %s: %s".formatted(file, failure.getMessage()));
    }
  }
}
