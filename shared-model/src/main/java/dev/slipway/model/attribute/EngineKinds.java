package dev.slipway.model.attribute;

import static dev.slipway.model.attribute.JsonType.Presence.NULLABLE;
import static dev.slipway.model.attribute.JsonType.Presence.OPTIONAL;
import static dev.slipway.model.attribute.JsonType.Presence.REQUIRED;
import static dev.slipway.model.attribute.Kinds.object;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.JsonType.Field;
import dev.slipway.model.attribute.Kinds.Source;
import dev.slipway.model.service.EngineHealthCheck;
import dev.slipway.model.service.Logging;
import dev.slipway.model.service.ShellWords;
import dev.slipway.model.service.Ulimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attributes that Compose files and the Engine know, in the forms that these take. */
final class EngineKinds {

  private static final int LONGEST_PERIOD = 86_400;
  private static final Kind<String> TEXT = Kinds.text();
  private static final Kind<List<String>> TEXTS = Kinds.listOf(TEXT);
  private static final Kind<Integer> PERIOD = seconds(0, LONGEST_PERIOD);
  private static final Kind<Integer> RETRIES = Kinds.number(0, 1_000);
  private static final Kind<Integer> LIMIT = Kinds.number(-1, Integer.MAX_VALUE);
  private static final Kind<Map<String, String>> OPTIONS = Kinds.textByName();

  private static final JsonType HEALTH_CHECK =
      new JsonType.Fields(
          "EngineHealthCheck",
          List.of(
              new Field("test", TEXTS.type(), OPTIONAL),
              new Field("interval", PERIOD.type(), NULLABLE),
              new Field("timeout", PERIOD.type(), NULLABLE),
              new Field("start_period", PERIOD.type(), NULLABLE),
              new Field("start_interval", PERIOD.type(), NULLABLE),
              new Field("retries", RETRIES.type(), NULLABLE)));

  private static final JsonType ULIMIT =
      new JsonType.Fields(
          "Ulimit",
          List.of(
              new Field("name", TEXT.type(), REQUIRED),
              new Field("soft", LIMIT.type(), REQUIRED),
              new Field("hard", LIMIT.type(), REQUIRED)));

  private static final JsonType LOGGING =
      new JsonType.Fields(
          "Logging",
          List.of(
              new Field("driver", TEXT.type(), OPTIONAL),
              new Field("options", OPTIONS.type(), OPTIONAL)));

  private EngineKinds() {}

  /** Whole seconds, which a client may also give as {@code 1m30s}. */
  static Kind<Integer> seconds(int least, int most) {
    var number = Kinds.number(least, most);
    return Kinds.kind(
        number.type(),
        (field, json, from) -> {
          long seconds = json instanceof String text ? Durations.seconds(text) : -1;
          return from.read(number, field, seconds < 0 ? json : (Object) seconds);
        },
        value -> value);
  }

  /** The test is a line for a shell, {@code NONE}, {@code CMD} or {@code CMD-SHELL} and more. */
  static Kind<EngineHealthCheck> healthCheck() {
    return Kinds.kind(
        HEALTH_CHECK,
        (field, json, from) -> readHealthCheck(field, object(field, json), from),
        check -> {
          var object = new LinkedHashMap<String, @Nullable Object>();
          object.put("test", check.test());
          object.put("interval", check.interval());
          object.put("timeout", check.timeout());
          object.put("start_period", check.startPeriod());
          object.put("start_interval", check.startInterval());
          object.put("retries", check.retries());
          return object;
        });
  }

  private static EngineHealthCheck readHealthCheck(
      String field, Map<String, @Nullable Object> json, Source from) {
    boolean disabled = "true".equalsIgnoreCase(Objects.toString(json.get("disable"), ""));
    return new EngineHealthCheck(
        disabled ? List.of("NONE") : test(field + ".test", json.get("test"), from),
        period(field, json, "interval", from),
        period(field, json, "timeout", from),
        period(field, json, "start_period", from),
        period(field, json, "start_interval", from),
        or(RETRIES, field, json, "retries", from));
  }

  private static List<String> test(String field, @Nullable Object json, Source from) {
    if (json == null) {
      return List.of();
    }
    if (json instanceof String line) {
      return line.isBlank() ? List.of() : List.of("CMD-SHELL", from.read(TEXT, field, line));
    }
    var test = from.read(TEXTS, field, json);
    if (from == Source.CLIENT && !test.isEmpty() && !isTest(test)) {
      throw new InvalidInput(
          field,
          "must be a line, [\"NONE\"], [\"CMD\", and the words of a command], or"
              + " [\"CMD-SHELL\", a line]");
    }
    return test;
  }

  private static boolean isTest(List<String> test) {
    return switch (test.getFirst()) {
      case "NONE" -> test.size() == 1;
      case "CMD" -> test.size() > 1;
      case "CMD-SHELL" -> test.size() == 2;
      default -> false;
    };
  }

  private static @Nullable Integer period(
      String field, Map<String, @Nullable Object> json, String name, Source from) {
    return or(PERIOD, field, json, name, from);
  }

  private static <T> @Nullable T or(
      Kind<T> kind, String field, Map<String, @Nullable Object> json, String name, Source from) {
    var value = json.get(name);
    return value == null ? null : from.read(kind, field + "." + name, value);
  }

  /** A list, or an object with a number or soft and hard limits for each name. */
  static Kind<List<Ulimit>> ulimits() {
    var list = Kinds.listOf(ulimit());
    return Kinds.kind(
        list.type(),
        (field, json, from) ->
            from.read(list, field, json instanceof Map<?, ?> byName ? listed(byName) : json),
        list::write);
  }

  private static List<Object> listed(Map<?, ?> byName) {
    var listed = new ArrayList<Object>();
    byName.forEach(
        (name, value) -> {
          var one = new LinkedHashMap<String, @Nullable Object>();
          one.put("name", name);
          if (value instanceof Map<?, ?> limits) {
            one.put("soft", limits.get("soft"));
            one.put("hard", limits.get("hard"));
          } else {
            one.put("soft", value);
            one.put("hard", value);
          }
          listed.add(one);
        });
    return listed;
  }

  private static Kind<Ulimit> ulimit() {
    return Kinds.kind(
        ULIMIT,
        (field, json, from) -> {
          var object = object(field, json);
          return new Ulimit(
              required(TEXT, field, object, "name", from),
              required(LIMIT, field, object, "soft", from),
              required(LIMIT, field, object, "hard", from));
        },
        limit -> {
          var object = new LinkedHashMap<String, @Nullable Object>();
          object.put("name", limit.name());
          object.put("soft", limit.soft());
          object.put("hard", limit.hard());
          return object;
        });
  }

  private static <T> T required(
      Kind<T> kind, String field, Map<String, @Nullable Object> json, String name, Source from) {
    var value = or(kind, field, json, name, from);
    if (value == null) {
      throw new InvalidInput(field + "." + name, "is required");
    }
    return value;
  }

  static Kind<Logging> logging() {
    return Kinds.kind(
        LOGGING,
        (field, json, from) -> {
          var object = object(field, json);
          var driver = or(TEXT, field, object, "driver", from);
          var options = or(OPTIONS, field, object, "options", from);
          return new Logging(
              driver == null ? Logging.JSON_FILE : driver, options == null ? Map.of() : options);
        },
        logging -> {
          var object = new LinkedHashMap<String, @Nullable Object>();
          object.put("driver", logging.driver());
          object.put("options", logging.options());
          return object;
        });
  }

  /** A command, which a client may also give word by word. */
  static Kind<String> command() {
    return Kinds.kind(
        TEXT.type(),
        (field, json, from) ->
            json instanceof List<?> words
                ? ShellWords.line(from.read(TEXTS, field, words))
                : from.read(TEXT, field, json),
        line -> line);
  }

  /** Names with values, which a client may also give as a list of {@code name=value}. */
  static Kind<Map<String, String>> pairs() {
    return Kinds.kind(
        OPTIONS.type(),
        (field, json, from) -> {
          if (!(json instanceof List<?> list)) {
            return from.read(OPTIONS, field, json);
          }
          var pairs = new LinkedHashMap<String, @Nullable Object>();
          for (var text : from.read(TEXTS, field, list)) {
            int at = text.indexOf('=');
            pairs.put(at < 0 ? text : text.substring(0, at), at < 0 ? "" : text.substring(at + 1));
          }
          return from.read(OPTIONS, field, pairs);
        },
        pairs -> pairs);
  }
}
