package dev.slipway.command.stack;

import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The short forms that a stackfile has for what is an object in the API. */
final class StackfileForms {

  private static final String SIZE = "must be like 512m or 2g";
  private static final long MEGABYTE = 1024 * 1024;
  private static final int LONGEST_SIZE = 30;
  private static final long LEAST_BYTES = 6 * MEGABYTE;
  private static final String TOO_FEW_BYTES =
      "must be at least 6m: a number without a unit counts bytes";

  private StackfileForms() {}

  /**
   * A text, a number or a flag as text.
   *
   * @throws InvalidInput if it is an object or a list
   */
  static String text(String place, @Nullable Object value) {
    if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new InvalidInput(place, "must be text");
    }
    return value.toString();
  }

  /** {@code service[.stack][:alias]}; without an alias the link has the name that it gives. */
  static Object link(String place, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    var parts = Delimited.split(text, ':');
    if (parts.size() > 2 || parts.getFirst().isBlank()) {
      throw new InvalidInput(place, "must be like service[.stack][:alias]");
    }
    return parts.size() == 1
        ? Map.of("to_service", parts.getFirst())
        : Map.of("to_service", parts.getFirst(), "name", parts.getLast());
  }

  /** Megabytes of a size such as {@code 512m} or {@code 2g}; a bare number counts bytes. */
  static Object megabytes(String place, Object value) {
    var text = text(place, value).strip().toLowerCase(Locale.ROOT);
    int digits = text.startsWith("-") ? 1 : 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    try {
      long number = Long.parseLong(text.substring(0, digits));
      long unit = unit(place, text.substring(digits).strip());
      if (unit == 1 && number >= 0 && number < LEAST_BYTES) {
        throw new InvalidInput(place, TOO_FEW_BYTES + " (got %d)".formatted(number));
      }
      return number < 0 ? -1L : Math.ceilDiv(Math.multiplyExact(number, unit), MEGABYTE);
    } catch (NumberFormatException | ArithmeticException noSize) {
      throw new InvalidInput(
          place, digits > 1 && text.length() < LONGEST_SIZE ? "is too large" : SIZE);
    }
  }

  private static long unit(String place, String unit) {
    return switch (unit) {
      case "", "b" -> 1L;
      case "k", "kb" -> 1024L;
      case "m", "mb" -> MEGABYTE;
      case "g", "gb" -> 1024L * MEGABYTE;
      default -> throw new InvalidInput(place, SIZE);
    };
  }

  /**
   * Names and values, given as an object, as a list of texts with a separator, or as a list of
   * objects. A name without a value has null.
   */
  static Map<String, @Nullable String> pairs(String place, Object value, char separator) {
    var pairs = new LinkedHashMap<String, @Nullable String>();
    switch (value) {
      case Map<?, ?> map -> putAll(place, map, pairs);
      case List<?> list -> {
        for (int at = 0; at < list.size(); at++) {
          put("%s[%d]".formatted(place, at), list.get(at), separator, pairs);
        }
      }
      default -> throw new InvalidInput(place, "must be an object or a list of texts");
    }
    return pairs;
  }

  private static void put(
      String place, @Nullable Object one, char separator, Map<String, @Nullable String> into) {
    if (one instanceof Map<?, ?> map) {
      putAll(place, map, into);
      return;
    }
    var text = text(place, one);
    int at = text.indexOf(separator);
    into.put(at < 0 ? text : text.substring(0, at), at < 0 ? null : text.substring(at + 1));
  }

  private static void putAll(String place, Map<?, ?> map, Map<String, @Nullable String> into) {
    map.forEach(
        (key, value) ->
            into.put(Objects.toString(key), value == null ? null : text(place + "." + key, value)));
  }

  /** A command, which may be given word by word. */
  static Object line(String place, Object value) {
    if (!(value instanceof List<?> words)) {
      return text(place, value);
    }
    var read = new ArrayList<String>();
    for (var word : words) {
      read.add(text("%s[%d]".formatted(place, read.size()), word));
    }
    return ShellWords.line(read);
  }
}
