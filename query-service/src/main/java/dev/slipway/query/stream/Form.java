package dev.slipway.query.stream;

import java.util.function.Function;

/**
 * How the items of a stream are written.
 *
 * @param frame a JSON object, for websockets and for server-sent events
 * @param text lines of plain text with the newlines at their ends
 * @param position from which a stream goes on behind this item; asked once for each item, in order
 */
public record Form<T>(
    Function<T, String> frame, Function<T, String> text, Function<T, String> position) {}
