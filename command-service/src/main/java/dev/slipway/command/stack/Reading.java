package dev.slipway.command.stack;

import dev.slipway.model.InvalidInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One service of a stack in the API's dialect, with the key of the stackfile that each value comes
 * from, so that an error can name what the user wrote.
 */
final class Reading {

  /**
   * The place in the stackfile that a value comes from.
   *
   * @param text whether the whole value was one text or number there, which has no fields to name
   */
  private record Origin(String place, boolean text) {}

  private static final int MAX_ENTRIES = 1_000;

  private final Map<String, @Nullable Object> api = new LinkedHashMap<>();

  /** The lists of {@code api} that grow here. */
  private final Map<String, List<@Nullable Object>> lists = new HashMap<>();

  private final Map<String, List<Origin>> origins = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  Map<String, @Nullable Object> api() {
    return api;
  }

  /** What was taken in another way than the file may mean, or has no effect. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void warn(String place, String text) {
    warnings.add(place + " " + text);
  }

  void set(String attribute, String place, @Nullable Object value) {
    api.put(attribute, value);
    originate(attribute, place, isText(value));
  }

  /**
   * Adds to a list that other keys may add to as well.
   *
   * @throws InvalidInput if the list has as many entries as a body may have: a range stands for
   *     many
   */
  void add(String attribute, String place, Object value, boolean text) {
    var all = growing(attribute);
    if (all.size() >= MAX_ENTRIES) {
      throw new InvalidInput(
          place, "must bring %s to at most %d entries".formatted(attribute, MAX_ENTRIES));
    }
    originate("%s[%d]".formatted(attribute, all.size()), place, text);
    all.add(value);
  }

  private List<@Nullable Object> growing(String attribute) {
    var all = lists.get(attribute);
    if (all == null || api.get(attribute) != all) {
      all = new ArrayList<>(list(attribute));
      lists.put(attribute, all);
      api.put(attribute, all);
    }
    return all;
  }

  /** Sets an empty list unless there are values. */
  void begin(String attribute, String key) {
    originate(attribute, key, false);
    api.putIfAbsent(attribute, List.of());
  }

  List<?> list(String attribute) {
    return api.get(attribute) instanceof List<?> values ? values : List.of();
  }

  private void originate(String field, String place, boolean text) {
    origins.computeIfAbsent(field, _ -> new ArrayList<>()).add(new Origin(place, text));
  }

  private static boolean isText(@Nullable Object value) {
    return !(value instanceof Map<?, ?>) && !(value instanceof List<?>);
  }

  /** The place in the stackfile that a field of the API's dialect comes from. */
  String place(String field) {
    for (int end = field.length(); end > 0; end = previous(field, end)) {
      var found = origins.get(field.substring(0, end));
      if (found != null) {
        var places = found.stream().map(Origin::place).distinct().toList();
        boolean text = found.stream().allMatch(Origin::text);
        return places.stream().collect(Collectors.joining(" and "))
            + (text || places.size() > 1 ? "" : field.substring(end));
      }
    }
    return field;
  }

  private static int previous(String field, int end) {
    return Math.max(field.lastIndexOf('.', end - 1), field.lastIndexOf('[', end - 1));
  }
}
