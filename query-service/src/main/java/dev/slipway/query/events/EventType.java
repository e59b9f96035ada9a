package dev.slipway.query.events;

import dev.slipway.model.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of things that events tell of, as clients may name them. */
public enum EventType {
  STACK,
  SERVICE,
  CONTAINER,
  NODECLUSTER,
  NODE,
  ACTION,
  ERROR;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidInput if there is no such type
   */
  static EventType named(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text().equals(text.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    "type",
                    "must be one of "
                        + Arrays.stream(values())
                            .map(EventType::text)
                            .collect(Collectors.joining(", "))));
  }
}
