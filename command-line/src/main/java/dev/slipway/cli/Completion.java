package dev.slipway.cli;

import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.context.Connections;
import dev.slipway.cli.context.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Candidates for a word on the command line: commands, options, and names from the server. */
public final class Completion {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration KEPT = Duration.ofSeconds(10);

  /** Words that a shell takes as they are; names with others are not offered. */
  private static final String PLAIN = "[A-Za-z0-9_.:@/+-]+";

  private static final List<String> FRONT_DOOR =
      List.of(
          "up", "down", "agent", "apikey", "backup", "repair", "audit", "bench", "test", "help",
          "install");

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "--output", List.of("table", "wide", "json", "name"),
          "--color", List.of("auto", "always", "never"),
          "--restart", List.of("OFF", "ON_FAILURE", "ALWAYS"),
          "--type", List.of("service", "container", "stack", "node", "action"),
          "--role", List.of("reader", "operator", "admin"));

  private static final Map<String, String> KINDS =
      Map.of("--service", "service", "--stack", "stack", "--node", "node", "--context", "context");

  private final Environment environment;

  public Completion(Environment environment) {
    this.environment = environment;
  }

  /**
   * Returns the candidates for the last word.
   *
   * @param words behind {@code slipway}
   */
  public List<String> candidates(List<String> words) {
    var now = words.isEmpty() ? "" : words.getLast();
    var before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
    var spec = new CommandTree(environment).forArguments(before);
    var position = 0;
    @Nullable OptionSpec open = null;
    for (var word : before) {
      if (open != null) {
        open = null;
      } else if (word.startsWith("-")) {
        open = opened(spec, word);
      } else if (spec.subcommands().containsKey(word)) {
        spec = spec.subcommands().get(word).getCommandSpec();
      } else {
        position++;
      }
    }
    return all(spec, open, now, position)
        .filter(one -> one.startsWith(now) && one.matches(PLAIN))
        .distinct()
        .sorted()
        .toList();
  }

  private static @Nullable OptionSpec opened(CommandSpec spec, String word) {
    var option = spec.findOption(word);
    return option == null || option.arity().max() == 0 ? null : option;
  }

  private Stream<String> all(
      CommandSpec spec, @Nullable OptionSpec open, String now, int position) {
    if (open != null) {
      var name = open.longestName();
      return Stream.concat(VALUES.getOrDefault(name, List.of()).stream(), names(KINDS.get(name)));
    }
    if (now.startsWith("-")) {
      return spec.options().stream()
          .filter(one -> !one.hidden())
          .flatMap(one -> Stream.of(one.names()));
    }
    if (!spec.subcommands().isEmpty()) {
      var commands =
          spec.subcommands().entrySet().stream()
              .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey);
      return spec.parent() == null ? Stream.concat(commands, FRONT_DOOR.stream()) : commands;
    }
    return spec.positionalParameters().stream()
        .filter(one -> one.index().contains(position))
        .flatMap(one -> arguments(spec, one.paramLabel()));
  }

  private Stream<String> arguments(CommandSpec spec, String label) {
    return switch (label) {
      case "SHELL" -> Stream.of("bash", "zsh", "fish");
      case "WORK" -> Stream.of("start", "stop", "scale", "redeploy", "rm");
      case "SERVICE", "STACK", "NODE", "CONTAINER", "ACTION" ->
          names(label.toLowerCase(Locale.ROOT));
      case "SERVICE|CONTAINER", "CONTAINER|SERVICE" ->
          Stream.concat(names("service"), names("container"));
      case "NAME" -> spec.qualifiedName().contains(" context ") ? names("context") : Stream.empty();
      default -> Stream.empty();
    };
  }

  /** Names of a kind. A server that is slow or away offers none. */
  private Stream<String> names(@Nullable String kind) {
    if (kind == null) {
      return Stream.empty();
    }
    var contexts = Contexts.of(environment.variables());
    if (kind.equals("context")) {
      return contexts.names().stream();
    }
    try {
      var connection =
          new Connections(
                  environment.variables(), contexts, environment.folder(), environment.root())
              .choose(null);
      var kept = kept(connection.url() + connection.user() + connection.namespace(), kind);
      var names = read(kept);
      if (names == null) {
        names = fetch(new Api(connection, TIMEOUT), kind);
        write(kept, names);
      }
      return names.stream();
    } catch (Failure away) {
      return Stream.empty();
    }
  }

  private static List<String> fetch(Api api, String kind) {
    var group = kind.equals("node") ? "infra/v1" : kind.equals("action") ? "audit/v1" : "app/v1";
    var names = new TreeSet<String>();
    for (var one :
        Json.list(api.get(api.connection().path(group, kind) + "?limit=100"), "objects")) {
      if (!Json.text(one, "state").equals("Terminated")) {
        names.add(
            kind.equals("action") ? Json.text(one, "uuid") : Json.first(one, "name", "nickname"));
      }
    }
    return new ArrayList<>(names);
  }

  private Path kept(String connection, String kind) {
    var cache = environment.variable("XDG_CACHE_HOME");
    var home = environment.variables().getOrDefault("HOME", "/tmp");
    var folder = cache == null ? Path.of(home, ".cache") : Path.of(cache);
    return folder
        .resolve("slipway")
        .resolve("completion-%08x-%s".formatted(connection.hashCode(), kind));
  }

  private @Nullable List<String> read(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      boolean fresh = written.plus(KEPT).isAfter(environment.clock().instant());
      return fresh ? Files.readAllLines(file) : null;
    } catch (IOException none) {
      return null;
    }
  }

  private static void write(Path file, List<String> names) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, names);
    } catch (IOException readOnly) {
      // The next completion asks the server again.
    }
  }
}
