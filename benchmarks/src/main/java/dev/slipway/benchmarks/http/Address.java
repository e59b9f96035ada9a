package dev.slipway.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Where a server listens, and as whom it is spoken to.
 *
 * @param headers sent with each request, each line ended
 * @param base prefix of every path
 */
public record Address(SocketAddress socket, String headers, String base) {

  public static Address of(int port, String user, String apiKey) {
    return new Address(
        new InetSocketAddress("127.0.0.1", port),
        "Authorization: " + login(user, apiKey) + "\r\n",
        "");
  }

  /** What a request has in its header {@code Authorization}. */
  public static String login(String user, String apiKey) {
    var login = (user + ":" + apiKey).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  public static Address of(Path unixSocket) {
    return new Address(UnixDomainSocketAddress.of(unixSocket), "", "");
  }

  public Address at(String base) {
    return new Address(socket, headers, base);
  }

  SocketChannel open() throws IOException {
    var channel = SocketChannel.open(socket);
    if (socket instanceof InetSocketAddress) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return channel;
  }

  public Connection connect() {
    return new Connection(this);
  }

  /** Whether a GET succeeds; that nobody listens yet is no failure. */
  public boolean answers(String path) {
    try (var connection = connect()) {
      return connection.get(path).isSuccess();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
