package dev.slipway.docker.discovery;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks whether an Engine answers at an address. */
public final class EngineProbe {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final byte[] PING =
      "GET /_ping HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private EngineProbe() {}

  /**
   * @return why no Engine answers; empty if one does
   */
  public static Optional<String> problem(EngineAddress address) {
    var socket = address.socket();
    return socket == null ? TcpPing.problem(address, TIMEOUT) : within(TIMEOUT, socket);
  }

  /** Closing the channel is the one way to end a read of a socket whose peer is silent. */
  private static Optional<String> within(Duration timeout, Path socket) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      var asking = new FutureTask<>(() -> ask(channel, socket));
      Thread.ofVirtual().name("engine-probe").start(asking);
      return asking.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      return Optional.of("no answer within %d s".formatted(timeout.toSeconds()));
    } catch (ExecutionException failure) {
      return Optional.of(reason(Objects.requireNonNullElse(failure.getCause(), failure), socket));
    } catch (IOException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static Optional<String> ask(SocketChannel channel, Path socket) throws IOException {
    if (!Files.exists(socket)) {
      Files.getLastModifiedTime(socket); // tells a missing file from a forbidden folder
    }
    channel.connect(UnixDomainSocketAddress.of(socket));
    channel.write(ByteBuffer.wrap(PING));
    var answer = ByteBuffer.allocate(1024);
    while (channel.read(answer) > 0 && answer.hasRemaining()) {
      // reads on
    }
    var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    return judge(text);
  }

  static Optional<String> judge(String answer) {
    var status = answer.lines().findFirst().orElse("");
    if (!status.startsWith("HTTP/1.1 200")) {
      return Optional.of(
          status.isEmpty() ? "it closes the connection" : "it answers \"%s\"".formatted(status));
    }
    return answer.toLowerCase(Locale.ROOT).contains("\napi-version:")
        ? Optional.empty()
        : Optional.of("what answers is no Docker Engine");
  }

  private static String reason(Throwable failure, Path socket) {
    var message = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException || message.contains("Permission denied")) {
      return "permission denied; " + SocketAccess.remedy(socket);
    }
    return message.contains("refused") ? "nothing listens there" : message;
  }
}
