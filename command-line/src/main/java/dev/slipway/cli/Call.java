package dev.slipway.cli;

import dev.slipway.cli.api.Api;
import dev.slipway.cli.context.Connections;
import dev.slipway.cli.context.Contexts;
import dev.slipway.cli.output.Moments;
import dev.slipway.cli.output.Screen;
import dev.slipway.cli.output.Screen.Format;
import dev.slipway.cli.output.Screen.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** One run of a command: what the user gave, and what it works with. */
public final class Call {

  private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);

  private final ParseResult given;
  private final CommandLine line;
  private final Environment environment;
  private final Screen screen;
  private @Nullable Api api;

  Call(CommandLine line, Environment environment) {
    this.line = line;
    this.given = line.getParseResult();
    this.environment = environment;
    this.screen =
        new Screen(
            environment.out(), environment.err(), environment.terminal(), colours(environment));
  }

  private boolean colours(Environment around) {
    var when = text("--color");
    return switch (when == null ? "auto" : when) {
      case "always" -> true;
      case "never" -> false;
      case "auto" ->
          around.terminal().output()
              && around.variable("NO_COLOR") == null
              && !"dumb".equals(around.variable("TERM"));
      default ->
          throw Failure.usage("--color must be auto, always or never (got \"%s\")".formatted(when));
    };
  }

  public Environment environment() {
    return environment;
  }

  public Screen screen() {
    return screen;
  }

  public CommandLine line() {
    return line;
  }

  public Instant now() {
    return environment.clock().instant();
  }

  public Contexts contexts() {
    return Contexts.of(environment.variables());
  }

  public Api api() {
    if (api == null) {
      api = new Api(connection(), requestTimeout());
    }
    return api;
  }

  private Duration requestTimeout() {
    var set = environment.variable("SLIPWAY_TIMEOUT");
    return set == null ? DEFAULT_REQUEST_TIMEOUT : Moments.span("SLIPWAY_TIMEOUT", set);
  }

  private dev.slipway.cli.api.Connection connection() {
    return new Connections(
            environment.variables(), contexts(), environment.folder(), environment.root())
        .choose(text("--context"))
        .in(text("--namespace"));
  }

  /** The path of a kind of resources in the namespace that was asked for. */
  public String path(String api, String kind) {
    return api().connection().path(api, kind);
  }

  public @Nullable String text(String option) {
    return given.hasMatchedOption(option) ? given.matchedOptionValue(option, (String) null) : null;
  }

  public String text(String option, String otherwise) {
    var text = text(option);
    return text == null ? otherwise : text;
  }

  public List<String> texts(String option) {
    return given.matchedOptionValue(option, List.of());
  }

  public boolean flag(String option) {
    return given.hasMatchedOption(option);
  }

  public int number(String option, int otherwise) {
    var text = text(option);
    return text == null ? otherwise : number(option, text);
  }

  public static int number(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException noNumber) {
      throw Failure.usage("%s must be a number (got \"%s\")".formatted(name, text));
    }
  }

  public Duration span(String option, Duration otherwise) {
    var text = text(option);
    return text == null ? otherwise : Moments.span(option, text);
  }

  /** An argument that must be given. */
  public String argument(int index) {
    return given.matchedPositionalValue(index, "");
  }

  public @Nullable String optionalArgument(int index) {
    return given.matchedPositionalValue(index, (String) null);
  }

  public List<String> arguments(int index) {
    return given.matchedPositionalValue(index, List.of());
  }

  public Layout layout() {
    return new Layout(format(), text("--columns"), text("--sort"), !flag("--no-trunc"));
  }

  public boolean isJson() {
    return format() == Format.JSON;
  }

  private Format format() {
    var format = text("--output", "table");
    try {
      return Format.valueOf(format.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw Failure.usage(
          "--output must be table, wide, json or name (got \"%s\")".formatted(format));
    }
  }

  /** A line that the user types; null at the end of the input. */
  public @Nullable String readLine() {
    try {
      return new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException end) {
      return null;
    }
  }
}
