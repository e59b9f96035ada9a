package dev.slipway.docker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A socket behind which one Engine after another answers; a change breaks all connections. */
public final class SocketRelay implements AutoCloseable {

  private final Path socket;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile Path target;

  public SocketRelay(Path socket, Path target) throws IOException {
    this.socket = socket;
    this.target = target;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::accept);
  }

  public URI host() {
    return URI.create("unix://" + socket);
  }

  public void target(Path next) throws IOException {
    target = next;
    for (var channel : open) {
      channel.close();
    }
    open.clear();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        connect(server.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(SocketChannel client) throws IOException {
    try {
      var engine = SocketChannel.open(UnixDomainSocketAddress.of(target));
      open.add(client);
      open.add(engine);
      Thread.ofPlatform().daemon().start(() -> copy(client, engine));
      Thread.ofPlatform().daemon().start(() -> copy(engine, client));
    } catch (IOException away) {
      client.close();
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    try (from;
        to) {
      var out = Channels.newOutputStream(to);
      Channels.newInputStream(from).transferTo(out);
    } catch (IOException broken) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    target(target);
  }
}
