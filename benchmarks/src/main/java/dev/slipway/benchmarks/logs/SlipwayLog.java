package dev.slipway.benchmarks.logs;

import dev.slipway.benchmarks.processes.Slipway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A service's log as any client follows it, by the websocket of the Java platform. */
public final class SlipwayLog extends FollowedLog {

  private static final String TEXT = "\"log\":\"";

  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable WebSocket socket;

  private SlipwayLog() {}

  /** From about now on. */
  public static SlipwayLog of(Slipway slipway, TalkingContainer container) {
    var log = new SlipwayLog();
    log.socket =
        log.client
            .newWebSocketBuilder()
            .header("Authorization", slipway.authorization())
            .buildAsync(
                URI.create(
                    "ws://127.0.0.1:%d%s%s/logs/?tail=1"
                        .formatted(slipway.port(), Slipway.SERVICES, container.service())),
                log.new Listener())
            .join();
    return log;
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        came(text());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended("%d %s".formatted(status, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      ended(failure.toString());
    }

    private String text() {
      int begin = message.indexOf(TEXT) + TEXT.length();
      return message.substring(begin, message.indexOf("\\n\"", begin));
    }
  }

  @Override
  public void close() {
    var open = socket;
    if (open != null) {
      open.abort();
    }
    client.close();
  }
}
