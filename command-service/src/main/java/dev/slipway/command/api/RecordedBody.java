package dev.slipway.command.api;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as its action keeps it: the fields that Slipway knows, no secret, and at
 * most 16 KB. A value that was left out is {@code "***"}.
 */
public final class RecordedBody {

  static final int MAX_BYTES = 16 * 1024;
  private static final String LEFT_OUT = "***";

  /** Fields of requests that are no attributes of a service. */
  private static final List<String> OTHER_FIELDS =
      List.of("image_name", "name", "nickname", "operation", "reuse_volumes", "services", "tags");

  private static final Set<String> FIELDS = fields();

  private RecordedBody() {}

  private static Set<String> fields() {
    var fields = new HashSet<>(OTHER_FIELDS);
    Attributes.all()
        .forEach(
            attribute -> {
              fields.add(attribute.name());
              fields.addAll(attribute.aliases());
            });
    return Set.copyOf(fields);
  }

  /**
   * @param ofServices the fields that a service of a stack may have, besides attributes
   * @return JSON, empty if nothing in the body is known
   */
  public static String of(Map<String, @Nullable Object> body, Set<String> ofServices) {
    var kept = new LinkedHashMap<String, @Nullable Object>(body);
    kept.keySet().retainAll(FIELDS);
    kept.computeIfPresent("container_envvars", (_, variables) -> withoutValues(variables));
    kept.computeIfPresent(
        "services",
        (_, services) ->
            StackSecrets.hidden(
                services, name -> FIELDS.contains(name) || ofServices.contains(name)));
    return ofKnown(kept);
  }

  /** The same of fields that are all known, and no secrets. */
  public static String ofKnown(Map<String, @Nullable Object> body) {
    return body.isEmpty() ? "" : storable(shortened(new LinkedHashMap<>(body)));
  }

  /** A refused body may hold half of a surrogate pair, which no encoding has. */
  private static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String shortened(Map<String, @Nullable Object> kept) {
    var text = Wire.MAPPER.writeValueAsString(kept);
    if (bytes(text) <= MAX_BYTES) {
      return text;
    }
    var lengths = new LinkedHashMap<String, Integer>();
    kept.forEach((name, value) -> lengths.put(name, bytes(Wire.MAPPER.writeValueAsString(value))));
    var longestFirst =
        kept.keySet().stream()
            .sorted(Comparator.comparing(lengths::get, Comparator.reverseOrder()))
            .toList();
    int length = bytes(text);
    for (var name : longestFirst) {
      if (length > MAX_BYTES) {
        length -= lengths.getOrDefault(name, 0) - LEFT_OUT.length() - 2;
        kept.put(name, LEFT_OUT);
      }
    }
    return Wire.MAPPER.writeValueAsString(kept);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static Object withoutValues(Object variables) {
    if (!(variables instanceof List<?> list)) {
      return LEFT_OUT;
    }
    var shown = new ArrayList<@Nullable Object>();
    for (var variable : list) {
      if (variable instanceof Map<?, ?> map) {
        var copy = new LinkedHashMap<Object, @Nullable Object>(map);
        copy.keySet().retainAll(List.of("key", "value"));
        copy.replace("value", LEFT_OUT);
        shown.add(copy);
      } else {
        shown.add(LEFT_OUT);
      }
    }
    return shown;
  }
}
