package dev.slipway.query.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A stream as plain text. */
final class PlainText<T> implements Sink<T> {

  private final HttpServletResponse response;
  private final Function<T, String> text;

  PlainText(HttpServletResponse response, Function<T, String> text) {
    this.response = response;
    this.text = text;
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
  }

  @Override
  public void send(List<T> items) throws IOException {
    var written = new StringBuilder();
    items.forEach(item -> written.append(text.apply(item)));
    response.getOutputStream().write(written.toString().getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  /** A reader that went away is noticed when the next item is sent. */
  @Override
  public void pulse() {}
}
