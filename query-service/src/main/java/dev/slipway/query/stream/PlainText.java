package dev.slipway.query.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A stream as plain text. */
final class PlainText<T> implements Sink<T> {

  private final HttpServletResponse response;
  private final Function<T, String> text;
  private final Duration longestSilence;
  private long lastSent = System.nanoTime();

  PlainText(HttpServletResponse response, Function<T, String> text, Duration longestSilence) {
    this.response = response;
    this.text = text;
    this.longestSilence = longestSilence;
    response.setContentType("text/plain");
    response.setCharacterEncoding(UTF_8.name());
  }

  @Override
  public void send(List<T> items) throws IOException {
    var written = new StringBuilder();
    items.forEach(item -> written.append(text.apply(item)));
    write(written.toString());
  }

  @Override
  public void end(String reason) throws IOException {
    write("error: %s\n".formatted(reason));
  }

  private void write(String text) throws IOException {
    response.getOutputStream().write(text.getBytes(UTF_8));
    response.flushBuffer();
    lastSent = System.nanoTime();
  }

  /** A reader that went away is noticed when something is sent, so silence has an end. */
  @Override
  public void pulse() throws ReaderTooSlow {
    if (System.nanoTime() - lastSent > longestSilence.toNanos()) {
      throw new ReaderTooSlow("nothing came for too long");
    }
  }
}
