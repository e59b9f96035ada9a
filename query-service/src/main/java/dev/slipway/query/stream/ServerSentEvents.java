package dev.slipway.query.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream as server-sent events, each with the position that a reader can go on from. */
final class ServerSentEvents<T> implements Sink<T> {

  private static final long COMMENT_EVERY_NS = TimeUnit.SECONDS.toNanos(15);

  private final HttpServletResponse response;
  private final Form<T> form;
  private final Supplier<@Nullable String> position;
  private long lastSent = System.nanoTime();

  /**
   * @param position of a reader that has all that was sent, null if only the last item tells
   */
  ServerSentEvents(
      HttpServletResponse response, Form<T> form, Supplier<@Nullable String> position) {
    this.response = response;
    this.form = form;
    this.position = position;
    response.setContentType("text/event-stream");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("X-Accel-Buffering", "no");
  }

  @Override
  public void send(List<T> items) throws IOException {
    var written = new StringBuilder();
    for (var item : items) {
      written.append("id: ").append(form.position().apply(item)).append('\n');
      written.append("data: ").append(form.frame().apply(item)).append("\n\n");
    }
    write(written.toString());
  }

  /** A comment, or an event without data: readers note its position and pass it over. */
  @Override
  public void pulse() throws IOException {
    if (System.nanoTime() - lastSent > COMMENT_EVERY_NS) {
      var current = position.get();
      write(current == null ? ":\n\n" : "id: %s\n\n".formatted(current));
    }
  }

  @Override
  public void end(String reason) throws IOException {
    write("event: error\ndata: %s\n\n".formatted(ErrorFrame.of(reason)));
  }

  private void write(String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
    lastSent = System.nanoTime();
  }
}
