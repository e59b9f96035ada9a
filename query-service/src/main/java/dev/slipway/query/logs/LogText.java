package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines as plain text; those of a service begin with the name of their container. */
final class LogText implements LogSink {

  private final HttpServletResponse response;
  private final boolean named;

  LogText(HttpServletResponse response, LogTarget target) {
    this.response = response;
    this.named = target.isService();
    response.setContentType("text/plain");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
  }

  @Override
  public void send(List<LogLine> lines) throws IOException {
    var text = new StringBuilder();
    for (var line : lines) {
      if (named) {
        text.append(line.source()).append(" | ");
      }
      text.append(line.text()).append('\n');
    }
    response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  /** A reader that went away is noticed when the next line is sent. */
  @Override
  public void pulse() {}
}
