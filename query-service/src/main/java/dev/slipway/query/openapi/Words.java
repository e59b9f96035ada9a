package dev.slipway.query.openapi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The sentences and examples of the document, which are kept apart from its shape. */
final class Words {

  private static final List<String> FILES =
      List.of(
          "operations.properties",
          "services.properties",
          "resources.properties",
          "stacks.properties",
          "nodes.properties",
          "quotas.properties",
          "registries.properties",
          "server.properties",
          "sessions.properties",
          "examples.properties");

  private final Properties all = new Properties();
  private final Set<String> used = new TreeSet<>();

  Words() {
    FILES.forEach(this::load);
  }

  private void load(String name) {
    try (var file = Objects.requireNonNull(Words.class.getResourceAsStream(name))) {
      all.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * The sentence under the first of the keys that has one.
   *
   * @throws IllegalStateException if none has
   */
  String of(String... keys) {
    for (var key : keys) {
      var sentence = find(key);
      if (sentence != null) {
        return sentence;
      }
    }
    throw new IllegalStateException("there are no words for " + String.join(", ", keys));
  }

  @Nullable String find(String key) {
    used.add(key);
    return all.getProperty(key);
  }

  /** Sentences that nobody has asked for. */
  Set<String> unused() {
    var rest = new TreeSet<>(all.stringPropertyNames());
    rest.removeAll(used);
    return rest;
  }
}
