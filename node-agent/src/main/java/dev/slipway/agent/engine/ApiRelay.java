package dev.slipway.agent.engine;

import dev.slipway.model.api.ApiAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes connections of containers on to an API that listens on the loopback address of this host,
 * which containers do not reach. It listens at the host's own address in each network of ours, on
 * the API's port. Requests need a login there as everywhere.
 */
final class ApiRelay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiRelay.class);
  private static final int MOST_CONNECTIONS = 256;
  private static final int BACKLOG = 50;
  private static final int CONNECT_MILLISECONDS = 5_000;

  private final InetSocketAddress api;
  private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);
  private final Map<String, ServerSocket> listening = new ConcurrentHashMap<>();
  private final Map<String, Boolean> failed = new ConcurrentHashMap<>();

  private ApiRelay(InetSocketAddress api) {
    this.api = api;
  }

  /**
   * @param url of the API; null if it is not known
   * @return null if containers reach the API without a relay
   */
  static @Nullable ApiRelay to(@Nullable String url) {
    if (url == null || !ApiAddress.isLoopback(url)) {
      return null;
    }
    int port = URI.create(url).getPort();
    return new ApiRelay(new InetSocketAddress("127.0.0.1", port < 0 ? 80 : port));
  }

  /** Listens at the host's address in a network, if this host is the one that has it. */
  void open(String gateway) {
    if (listening.containsKey(gateway) || failed.containsKey(gateway)) {
      return;
    }
    try {
      var address = InetAddress.getByName(gateway);
      var server = new ServerSocket(api.getPort(), BACKLOG, address);
      listening.put(gateway, server);
      Thread.ofVirtual().name("api-relay " + gateway).start(() -> accept(server, address));
      LOG.info("Containers reach the API at {}:{}", gateway, api.getPort());
    } catch (BindException unavailable) {
      failed.put(gateway, true);
      LOG.debug("No relay at {}:{}: {}", gateway, api.getPort(), unavailable.getMessage());
    } catch (IOException failure) {
      failed.put(gateway, true);
      LOG.warn(
          "Cannot relay the API to containers at {}:{}: {}",
          gateway,
          api.getPort(),
          failure,
          failure);
    }
  }

  private void accept(ServerSocket server, InetAddress gateway) {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        if (connections.tryAcquire()) {
          Thread.ofVirtual().name("api-relay").start(() -> relay(client, gateway));
        } else {
          client.close();
        }
      } catch (IOException closed) {
        LOG.debug("Relay at {} accepts no connection: {}", gateway, closed.getMessage());
      }
    }
  }

  private void relay(Socket client, InetAddress gateway) {
    try (client;
        var server = new Socket()) {
      server.bind(new InetSocketAddress(source(gateway), 0));
      server.connect(api, CONNECT_MILLISECONDS);
      var answers = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      answers.join();
    } catch (IOException failure) {
      LOG.debug("Relay to {}: {}", api, failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      connections.release();
    }
  }

  /** A loopback address of the network's own, so that its failed logins throttle nobody else. */
  private static InetAddress source(InetAddress gateway) throws IOException {
    var bytes = gateway.getAddress();
    return bytes.length == 4
        ? InetAddress.getByAddress(new byte[] {127, bytes[1], bytes[2], bytes[3]})
        : InetAddress.getByName("127.0.0.1");
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException ended) {
      closeBoth(from, to);
    }
  }

  private static void closeBoth(Socket one, Socket other) {
    try (one;
        other) {
      LOG.trace("A relayed connection was broken off");
    } catch (IOException ignored) {
      LOG.trace("It was closed already", ignored);
    }
  }

  @Override
  public void close() {
    for (var server : listening.values()) {
      try {
        server.close();
      } catch (IOException failure) {
        LOG.debug("A relay did not close", failure);
      }
    }
  }
}
