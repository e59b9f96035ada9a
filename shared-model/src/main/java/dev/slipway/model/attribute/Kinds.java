package dev.slipway.model.attribute;

import com.google.re2j.Pattern;
import dev.slipway.model.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types that attributes are made of. */
final class Kinds {

  private static final int LONGEST_TEXT = 64 * 1024;

  /** No value of a form is longer; the form is not looked at then. */
  private static final int LONGEST_OF_A_FORM = 1_000;

  private Kinds() {}

  static Kind<String> text() {
    return kind(
        new JsonType.Text(null),
        (field, json, from) -> {
          if (!(json instanceof String || json instanceof Number || json instanceof Boolean)) {
            throw new InvalidInput(field, "must be a string");
          }
          return from == Source.LOG ? json.toString() : checkedText(field, json.toString());
        },
        text -> text);
  }

  /** A text of one form, which the rule tells in words. */
  static Kind<String> text(Pattern form, String rule) {
    return kind(
        new JsonType.Text(form.pattern()),
        (field, json, from) -> {
          var text = from.read(text(), field, json);
          if (from == Source.CLIENT
              && (text.length() > LONGEST_OF_A_FORM || !form.matcher(text).matches())) {
            throw new InvalidInput(field, rule);
          }
          return text;
        },
        text -> text);
  }

  static Kind<Integer> number(int least, int most) {
    return kind(
        new JsonType.Whole(least, most),
        (field, json, from) -> {
          long number = wholeNumber(field, json);
          if (from == Source.LOG && number == (int) number) {
            return (int) number;
          }
          if (number < least || number > most) {
            throw new InvalidInput(
                field,
                most == Integer.MAX_VALUE
                    ? "must be at least %d (got %d)".formatted(least, number)
                    : "must be from %d to %d".formatted(least, most));
          }
          return (int) number;
        },
        number -> number);
  }

  static Kind<Boolean> flag() {
    return kind(
        new JsonType.Flag(),
        (field, json, _) ->
            switch (json.toString().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new InvalidInput(field, "must be true or false");
            },
        flag -> flag);
  }

  /** One of the names of an enum, written exactly so. */
  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type, Function<E, String> name) {
    var all = List.of(type.getEnumConstants());
    return kind(
        new JsonType.OneOf(all.stream().map(name).toList()),
        (field, json, _) ->
            all.stream()
                .filter(constant -> name.apply(constant).equals(json))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidInput(
                            field, "must be one of " + all.stream().map(name).toList())),
        name::apply);
  }

  static Kind<String> oneOf(String... names) {
    var all = Arrays.asList(names);
    return kind(
        new JsonType.OneOf(all),
        (field, json, from) -> {
          if (json instanceof String text && (from == Source.LOG || all.contains(text))) {
            return text;
          }
          throw new InvalidInput(field, "must be one of " + all);
        },
        text -> text);
  }

  static <T> Kind<List<T>> listOf(Kind<T> element) {
    return kind(
        new JsonType.ListOf(element.type()),
        (field, json, from) -> {
          if (!(json instanceof List<?> values)) {
            throw new InvalidInput(field, "must be a list");
          }
          var read = new ArrayList<T>();
          for (var value : values) {
            var place = field + "[" + read.size() + "]";
            read.add(from.read(element, place, present(place, value)));
          }
          return List.copyOf(read);
        },
        list -> list.stream().<@Nullable Object>map(element::write).toList());
  }

  /** A list that a client may also give as a single value. */
  static <T> Kind<List<T>> oneOrMore(Kind<T> element) {
    var list = listOf(element);
    return kind(
        list.type(),
        (field, json, from) ->
            from.read(list, field, json instanceof List<?> ? json : List.of(json)),
        list::write);
  }

  static Kind<Map<String, String>> textByName() {
    return kind(
        new JsonType.TextByName(),
        (field, json, from) -> {
          var read = new LinkedHashMap<String, String>();
          object(field, json)
              .forEach(
                  (name, value) ->
                      read.put(
                          from.read(text(), field, name),
                          value == null ? "" : from.read(text(), field + "." + name, value)));
          return java.util.Collections.unmodifiableMap(read);
        },
        map -> map);
  }

  static <T> Kind<T> kind(JsonType type, Reader<T> reader, Function<T, @Nullable Object> writer) {
    return new Kind<>() {
      @Override
      public T read(String field, Object json) {
        return reader.read(field, json, Source.CLIENT);
      }

      @Override
      public T restore(String field, Object json) {
        try {
          return reader.read(field, json, Source.LOG);
        } catch (InvalidInput noSuchValue) {
          throw new IllegalArgumentException("stored " + noSuchValue.getMessage(), noSuchValue);
        }
      }

      @Override
      public @Nullable Object write(T value) {
        return writer.apply(value);
      }

      @Override
      public JsonType type() {
        return type;
      }
    };
  }

  /** Where a value comes from. Rules apply to clients alone. */
  enum Source {
    CLIENT,
    LOG;

    /** Reads a part of a value from where the whole comes from. */
    <T> T read(Kind<T> kind, String field, Object json) {
      return this == LOG ? kind.restore(field, json) : kind.read(field, json);
    }
  }

  /** The reading half of a {@link Kind}. */
  @FunctionalInterface
  interface Reader<T> {
    T read(String field, Object json, Source from);
  }

  @SuppressWarnings("unchecked") // a JSON parser gives maps with text keys only
  static Map<String, @Nullable Object> object(String field, Object json) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new InvalidInput(field, "must be an object");
  }

  static Object present(String field, @Nullable Object json) {
    if (json == null) {
      throw new InvalidInput(field, "must not be null");
    }
    return json;
  }

  /** Empty text and 0 are how some clients write "not set". */
  static boolean isSet(@Nullable Object json) {
    return json != null && !json.equals("") && !(json instanceof Number n && n.longValue() == 0);
  }

  private static String checkedText(String field, String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new InvalidInput(field, "must have at most " + LONGEST_TEXT + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidInput(field, "must not contain a NUL character");
    }
    return text;
  }

  private static long wholeNumber(String field, Object json) {
    try {
      return switch (json) {
        case Integer number -> number;
        case Long number -> number;
        case Number number
            when number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) < 1e15 ->
            number.longValue();
        case String text -> Long.parseLong(text.strip());
        default -> throw new InvalidInput(field, "must be a whole number");
      };
    } catch (NumberFormatException notANumber) {
      throw new InvalidInput(field, "must be a whole number");
    }
  }
}
