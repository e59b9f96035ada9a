package dev.slipway.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events and knows the position of the last, so that it can go on after it. */
public final class EventStream {

  private static final int BUFFER_CHARACTERS = 64 * 1024;

  private final Api api;
  private final String path;
  private @Nullable String position;
  private @Nullable String error;

  public EventStream(Api api, String path) {
    this.api = api;
    this.path = path;
  }

  public EventStream after(@Nullable String other) {
    this.position = other;
    return this;
  }

  /** Behind the last event that was read; null if there was none. */
  public @Nullable String position() {
    return position;
  }

  /** Why the server ended the stream; null if it gave no reason. */
  public @Nullable String error() {
    return error;
  }

  /**
   * Reads until the server ends the stream.
   *
   * @return whether it ended as it should, rather than broke off
   */
  public boolean read(Consumer<String> data) {
    try {
      var connection = api.stream(path, position);
      try (var reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8),
              BUFFER_CHARACTERS)) {
        read(reader, data);
        return true;
      }
    } catch (java.net.ConnectException | java.net.UnknownHostException away) {
      throw api.unreachable(away);
    } catch (IOException broken) {
      return false;
    }
  }

  private void read(BufferedReader reader, Consumer<String> data) throws IOException {
    var event = "";
    var text = new StringBuilder();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty()) {
        take(event, text.toString(), data);
        event = "";
        text.setLength(0);
      } else if (line.startsWith("data:")) {
        text.append(text.isEmpty() ? "" : "\n").append(value(line, 5));
      } else if (line.startsWith("id:")) {
        position = value(line, 3);
      } else if (line.startsWith("event:")) {
        event = value(line, 6);
      }
    }
  }

  private void take(String event, String text, Consumer<String> data) {
    if (event.equals("error")) {
      error = text;
    } else if (!text.isEmpty()) {
      data.accept(text);
    }
  }

  private static String value(String line, int from) {
    return line.startsWith(" ", from) ? line.substring(from + 1) : line.substring(from);
  }
}
