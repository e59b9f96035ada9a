package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One session in a container: what is typed goes there, what its terminal shows comes here. */
final class ExecSession implements WebSocket.Listener {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int PIECE_BYTES = 4 * 1024;
  private static final byte[] END_OF_INPUT = {4};

  private final Call call;
  private final boolean passesInput;
  private final boolean raw;
  private final StringBuilder frame = new StringBuilder();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private @Nullable String problem;

  /**
   * @param raw whether the terminal passes on every key, Ctrl-C among them
   */
  ExecSession(Call call, boolean passesInput, boolean raw) {
    this.call = call;
    this.passesInput = passesInput;
    this.raw = raw;
  }

  /** The exit code of the command. */
  int run(String path) {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      var socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", call.api().connection().authorization())
              .connectTimeout(CONNECT_TIMEOUT)
              .buildAsync(call.api().websocket(path), this)
              .join();
      return during(socket);
    } catch (CompletionException failure) {
      throw refused(failure, path);
    }
  }

  private int during(WebSocket socket) {
    var before = raw ? Terminal.stty("-g").strip() : "";
    var restore = new Thread(() -> Terminal.stty(before));
    if (!before.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(restore);
      Terminal.stty("raw", "-echo");
    }
    try {
      if (passesInput) {
        Thread.ofPlatform().daemon().name("input").start(() -> type(socket));
      }
      return exit.join();
    } finally {
      call.screen().flush();
      if (!before.isEmpty()) {
        Terminal.stty(before);
        Runtime.getRuntime().removeShutdownHook(restore);
      }
      socket.abort();
    }
  }

  /**
   * The server refuses with an answer that the websocket's client does not keep: it is asked for
   * again.
   */
  private Failure refused(CompletionException failure, String path) {
    if (failure.getCause() instanceof Failure known) {
      return known;
    }
    if (failure.getCause() instanceof WebSocketHandshakeException) {
      var answer = call.api().send("GET", path, null, java.util.Map.of());
      try {
        call.api().require(answer);
      } catch (Failure said) {
        return said.text().contains("websocket")
            ? new Failure(Failure.FAILED, "the server opens no terminal")
            : said;
      }
    }
    return failure.getCause() instanceof IOException broken
        ? call.api().unreachable(broken)
        : new Failure(Failure.FAILED, String.valueOf(failure.getMessage()));
  }

  private void type(WebSocket socket) {
    var bytes = new byte[PIECE_BYTES];
    InputStream in = call.environment().in();
    try {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        socket.sendBinary(ByteBuffer.wrap(bytes, 0, read).duplicate(), true).join();
      }
      socket.sendBinary(ByteBuffer.wrap(END_OF_INPUT), true).join();
    } catch (IOException | CompletionException gone) {
      // The session ends by itself, and its end has the reason.
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    frame.append(data);
    if (last) {
      show(Json.MAPPER.readTree(frame.toString()));
      frame.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private void show(JsonNode message) {
    switch (Json.text(message, "type")) {
      case "exec" -> {
        call.screen().out().print(Json.text(message, "output"));
        call.screen().out().flush();
      }
      case "exit" -> end(message);
      case "error" -> problem = Json.first(message, "error", "message", "reason");
      default -> {}
    }
  }

  private void end(JsonNode message) {
    if (message.path("code").isNumber()) {
      exit.complete(message.path("code").asInt());
    } else {
      fail(Json.first(message, "reason"));
    }
  }

  private void fail(String reason) {
    var known = problem;
    var why = reason.isEmpty() ? known : reason;
    exit.completeExceptionally(
        new Failure(
            Failure.FAILED,
            "the session ended: " + (why == null || why.isEmpty() ? "no reason given" : why)));
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    if (status == WebSocket.NORMAL_CLOSURE && reason.isEmpty() && problem == null) {
      // Older servers report no exit code.
      exit.complete(0);
    } else {
      fail(reason);
    }
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    exit.completeExceptionally(
        new Failure(Failure.UNREACHABLE, "the session broke off: " + error.getMessage()));
  }
}
