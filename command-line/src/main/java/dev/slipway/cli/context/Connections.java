package dev.slipway.cli.context;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Connection;
import dev.slipway.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Chooses the connection of a command: the context that is named, else {@code SLIPWAY_URL} and
 * {@code SLIPWAY_APIKEY}, else the current context, else the installation of this folder.
 */
public final class Connections {

  /** The name under which the installation of this folder is shown. */
  public static final String LOCAL = "local";

  private static final String DEFAULT_PORT = "8080";

  private final Map<String, String> environment;
  private final Contexts contexts;
  private final Path folder;
  private final @Nullable Path root;

  /**
   * @param folder the working directory
   * @param root where Slipway is installed, null if unknown
   */
  public Connections(
      Map<String, String> environment, Contexts contexts, Path folder, @Nullable Path root) {
    this.environment = environment;
    this.contexts = contexts;
    this.folder = folder;
    this.root = root;
  }

  /**
   * The connection of a command.
   *
   * @param context that the user names, null for none
   */
  public Connection choose(@Nullable String context) {
    var named = context == null ? variable("SLIPWAY_CONTEXT") : context;
    if (named != null) {
      return named.equals(LOCAL) && contexts.find(LOCAL) == null ? local() : of(named);
    }
    if (variable("SLIPWAY_URL") != null || variable("SLIPWAY_APIKEY") != null) {
      return local();
    }
    var current = contexts.current();
    return current == null ? local() : of(current);
  }

  private Connection of(String name) {
    var context = contexts.find(name);
    if (context == null) {
      throw new Failure(
          Failure.NOT_FOUND,
          "no context '%s'".formatted(name),
          "List them with: slipway context ls");
    }
    var key = variable("SLIPWAY_APIKEY") == null ? contexts.key(name) : variable("SLIPWAY_APIKEY");
    if (key == null) {
      throw new Failure(
          Failure.FORBIDDEN,
          "no API key of context %s".formatted(name),
          "Log in with: slipway login --context " + name);
    }
    return of(name, context, key);
  }

  private static Connection of(String name, JsonNode context, String key) {
    var namespace = Json.text(context, "namespace");
    return new Connection(
        name,
        stripped(Json.text(context, "url")),
        Json.text(context, "user"),
        key,
        namespace.isEmpty() ? null : namespace);
  }

  private Connection local() {
    var data = data();
    var url = variable("SLIPWAY_URL");
    var user = variable("SLIPWAY_USER");
    var key = variable("SLIPWAY_APIKEY");
    if (key == null) {
      key = data == null ? null : line(data.resolve("apikey"));
    }
    if (key == null) {
      throw new Failure(
          Failure.FORBIDDEN,
          "no API key: there is no context and no .slipway/apikey here",
          "Start a Slipway here with: slipway up",
          "Or log in to one: slipway login --url URL --user USER");
    }
    return new Connection(
        url == null ? LOCAL : "SLIPWAY_URL",
        stripped(url == null ? localUrl(data) : url),
        user == null ? "admin" : user,
        key,
        variable("SLIPWAY_NAMESPACE"));
  }

  /** A Slipway that runs records its port beside its key. */
  private String localUrl(@Nullable Path data) {
    var recorded = data == null ? null : line(data.resolve("url"));
    if (variable("SLIPWAY_PORT") == null && recorded != null) {
      return recorded;
    }
    var port = variable("SLIPWAY_PORT");
    return "http://127.0.0.1:" + (port == null ? DEFAULT_PORT : port);
  }

  private @Nullable Path data() {
    var candidates = new ArrayList<Path>();
    var set = variable("SLIPWAY_DATA");
    if (set != null) {
      candidates.add(folder.resolve(set));
    }
    for (Path up = folder.toAbsolutePath(); up != null; up = up.getParent()) {
      candidates.add(up.resolve(".slipway"));
    }
    if (root != null) {
      candidates.add(root.resolve(".slipway"));
    }
    return candidates.stream()
        .filter(one -> Files.isReadable(one.resolve("apikey")))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String line(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty() || lines.getFirst().isBlank() ? null : lines.getFirst().strip();
    } catch (IOException none) {
      return null;
    }
  }

  private static String stripped(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private @Nullable String variable(String name) {
    var value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
