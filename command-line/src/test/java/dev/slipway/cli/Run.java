package dev.slipway.cli;

import dev.slipway.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Runs commands as a shell does, and keeps what they print. */
final class Run {

  static final Instant NOW = Instant.parse("2026-01-02T03:14:05Z");

  /** The output and exit code of a command. */
  record Ended(int code, String out, String err) {}

  private final Map<String, String> variables = new HashMap<>();
  private Path folder;
  private Terminal terminal = Terminal.NONE;
  private String input = "";

  Run(Path folder, String url) {
    this.folder = folder;
    variables.put("SLIPWAY_URL", url);
    variables.put("SLIPWAY_APIKEY", "secret");
    variables.put("SLIPWAY_CONFIG", folder.resolve("config").toString());
    variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    variables.put("TZ", "UTC");
  }

  Run with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Run without(String name) {
    variables.remove(name);
    return this;
  }

  Run in(Path other) {
    this.folder = other;
    return this;
  }

  Run onTerminal(int columns, String typed) {
    this.terminal = new Terminal(true, true, true, columns);
    this.input = typed;
    return this;
  }

  Run typing(String text) {
    this.input = text;
    return this;
  }

  Ended of(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code = Slipway.run(environment(out, err), arguments);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Environment environment() {
    return environment(new ByteArrayOutputStream(), new ByteArrayOutputStream());
  }

  private Environment environment(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Environment(
        Map.copyOf(variables),
        folder,
        null,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
