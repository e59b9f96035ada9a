package dev.slipway.query.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stream as server-sent events, each with the position that a reader can go on from. */
final class ServerSentEvents<T> implements Sink<T> {

  private static final long COMMENT_EVERY_NS = TimeUnit.SECONDS.toNanos(15);

  private final HttpServletResponse response;
  private final Form<T> form;
  private long lastSent = System.nanoTime();

  ServerSentEvents(HttpServletResponse response, Form<T> form) {
    this.response = response;
    this.form = form;
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

  @Override
  public void pulse() throws IOException {
    if (System.nanoTime() - lastSent > COMMENT_EVERY_NS) {
      write(":\n\n");
    }
  }

  private void write(String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
    lastSent = System.nanoTime();
  }
}
