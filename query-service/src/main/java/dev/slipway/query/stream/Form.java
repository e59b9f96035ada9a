package dev.slipway.query.stream;

import java.util.function.Function;

/**
 * How the items of a stream are written.
 *
 * @param frame a JSON object, for websockets and for server-sent events
 * @param text lines of plain text with the newlines at their ends
 * @param position from which a stream goes on behind this item, without a character that JSON
 *     escapes; asked once for each item, in order
 */
public record Form<T>(
    Function<T, String> frame, Function<T, String> text, Function<T, String> position) {

  /** The same, with frames that have the position in one field more. */
  Form<T> withPositions() {
    return new Form<>(
        item -> {
          var plain = frame.apply(item);
          return plain.substring(0, plain.length() - 1)
              + ",\"position\":\"%s\"}".formatted(position.apply(item));
        },
        text,
        position);
  }
}
