package dev.slipway.command.stack;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The short forms that a stackfile has for what is an object in the API. */
final class StackfileForms {

  private static final Pattern PORT = Pattern.compile("(?:(\\d*):)?(\\d+)(?:/([A-Za-z]+))?");
  private static final Pattern SIZE = Pattern.compile("(-?\\d+)\\s*([bkmg]?)b?");
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final long MEGABYTE = 1024 * 1024;

  private StackfileForms() {}

  /** {@code service[.stack][:alias]}; the link has the service's name if it has no alias. */
  static Object link(String field, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    var parts = Delimited.split(text, ':');
    if (parts.size() > 2 || parts.getFirst().isBlank()) {
      throw new InvalidInput(field, "must be like service[.stack][:alias]");
    }
    return parts.size() == 1
        ? Map.of("to_service", parts.getFirst())
        : Map.of("to_service", parts.getFirst(), "name", parts.getLast());
  }

  /** {@code [host:]container[/protocol]}, published. */
  static Object port(String field, Object value) {
    var port = exposed(field, value);
    port.put("published", true);
    return port;
  }

  /** A port that only other containers reach. */
  static Map<String, @Nullable Object> exposed(String field, Object value) {
    var matcher = PORT.matcher(value.toString().strip());
    if (!matcher.matches()) {
      throw new InvalidInput(field, "must be like [host:]container[/protocol]");
    }
    var port = new LinkedHashMap<String, @Nullable Object>();
    port.put("protocol", matcher.group(3) == null ? "tcp" : matcher.group(3));
    port.put("inner_port", matcher.group(2));
    port.put("outer_port", matcher.group(1));
    port.put("published", matcher.group(1) != null);
    return port;
  }

  /** {@code [host:]container[:ro]}. */
  static Object volume(String field, Object value) {
    var parts = Delimited.split(value.toString(), ':');
    var mode = parts.getLast();
    boolean moded = parts.size() > 1 && (mode.equals("ro") || mode.equals("rw"));
    var paths = moded ? parts.subList(0, parts.size() - 1) : parts;
    if (paths.size() > 2) {
      throw new InvalidInput(field, "must be like [host:]container[:ro]");
    }
    var binding = new LinkedHashMap<String, @Nullable Object>();
    binding.put("host_path", paths.size() == 2 ? paths.getFirst() : null);
    binding.put("container_path", paths.getLast());
    binding.put("rewritable", !mode.equals("ro"));
    return binding;
  }

  /** {@code service[.stack][:ro]}. */
  static Object volumesFrom(String field, Object value) {
    var parts = Delimited.split(value.toString(), ':');
    if (parts.size() > 2 || (parts.size() == 2 && !List.of("ro", "rw").contains(parts.getLast()))) {
      throw new InvalidInput(field, "must be like service[.stack][:ro]");
    }
    return Map.of(
        "volumes_from", parts.getFirst(), "rewritable", !value.toString().endsWith(":ro"));
  }

  /** Megabytes of a size such as {@code 512m} or {@code 2g}; a bare number counts bytes. */
  static Object megabytes(String field, Object value) {
    var matcher = SIZE.matcher(value.toString().strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InvalidInput(field, "must be like 512m or 2g");
    }
    try {
      long number = Long.parseLong(matcher.group(1));
      return number < 0 ? -1L : Math.ceilDiv(bytes(number, matcher.group(2)), MEGABYTE);
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      throw new InvalidInput(field, "is too large");
    }
  }

  private static long bytes(long number, String unit) {
    return switch (unit) {
      case "k" -> Math.multiplyExact(number, 1024L);
      case "m" -> Math.multiplyExact(number, MEGABYTE);
      case "g" -> Math.multiplyExact(number, 1024L * MEGABYTE);
      default -> number;
    };
  }

  /** Names and values, given as an object or as a list of texts with a separator. */
  static Map<String, String> pairs(String field, Object value, char separator) {
    var pairs = new LinkedHashMap<String, String>();
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((key, text) -> pairs.put(Objects.toString(key), Objects.toString(text, "")));
      case List<?> list ->
          list.forEach(
              one -> {
                var parts = Delimited.split(Objects.toString(one, ""), separator, 2);
                pairs.put(parts.getFirst(), parts.size() == 2 ? parts.getLast() : "");
              });
      default -> throw new InvalidInput(field, "must be an object or a list of texts");
    }
    return pairs;
  }

  /** A word as a shell takes it for one. */
  static String word(@Nullable Object value) {
    var text = Objects.toString(value, "");
    return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
