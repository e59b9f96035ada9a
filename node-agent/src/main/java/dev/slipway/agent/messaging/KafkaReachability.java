package dev.slipway.agent.messaging;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on the log that Kafka acknowledges no heartbeats: after a few seconds where no server can
 * be connected to, and after half a minute where one can but does not answer. It asks nothing of
 * Kafka while heartbeats are acknowledged.
 */
public final class KafkaReachability {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaReachability.class);
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final Duration NO_ANSWER = Duration.ofSeconds(30);
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);
  private static final int MAX_CONNECT_MS = 1000;

  private final String servers;
  private final Duration usual;
  private final Function<String, Optional<String>> connect;
  private final LongSupplier nanoTime;
  private final AtomicLong acknowledgedAt;
  private boolean reported;
  private long reportedAt;

  /**
   * @param heartbeat the time between two heartbeats
   */
  public KafkaReachability(String servers, Duration heartbeat) {
    this(servers, heartbeat, KafkaReachability::connectTo, System::nanoTime);
  }

  KafkaReachability(
      String servers,
      Duration heartbeat,
      Function<String, Optional<String>> connect,
      LongSupplier nanoTime) {
    this.servers = servers;
    this.usual = heartbeat.plus(MARGIN);
    this.connect = connect;
    this.nanoTime = nanoTime;
    this.acknowledgedAt = new AtomicLong(nanoTime.getAsLong());
  }

  /** Kafka has stored a heartbeat. */
  public void acknowledged() {
    acknowledgedAt.set(nanoTime.getAsLong());
  }

  /** To be called about once a second. */
  public void check() {
    report().ifPresent(line -> LOG.warn("{}", line));
  }

  /** The line to log now, if any. */
  Optional<String> report() {
    long now = nanoTime.getAsLong();
    var silent = Duration.ofNanos(now - acknowledgedAt.get());
    if (silent.compareTo(usual) < 0) {
      boolean answersAgain = reported;
      reported = false;
      return answersAgain
          ? Optional.of("Kafka at %s answers again".formatted(servers))
          : Optional.empty();
    }
    if (reported && now - reportedAt < BETWEEN_REPORTS.toNanos()) {
      return Optional.empty();
    }
    var problem = problem(silent);
    if (problem.isPresent()) {
      reported = true;
      reportedAt = now;
    }
    return problem;
  }

  private Optional<String> problem(Duration silent) {
    var failures =
        Arrays.stream(servers.split(","))
            .map(String::strip)
            .map(server -> connect.apply(server).map(why -> server + ": " + why))
            .toList();
    if (failures.stream().allMatch(Optional::isPresent)) {
      return Optional.of(
          "Cannot connect to Kafka at %s; retrying. SLIPWAY_KAFKA names its address"
              .formatted(String.join(", ", failures.stream().flatMap(Optional::stream).toList())));
    }
    return silent.compareTo(NO_ANSWER) < 0
        ? Optional.empty()
        : Optional.of(
            ("Kafka at %s accepts connections but has acknowledged nothing for %d s; retrying. The"
                    + " address that it advertises must be reachable from this host")
                .formatted(servers, silent.toSeconds()));
  }

  /** Why there is no connection; empty if there is one. */
  private static Optional<String> connectTo(String server) {
    int colon = server.lastIndexOf(':');
    try (var socket = new Socket()) {
      int port = Integer.parseInt(server.substring(colon + 1));
      var address = new InetSocketAddress(server.substring(0, Math.max(colon, 0)), port);
      if (address.isUnresolved()) {
        return Optional.of("unknown host");
      }
      socket.connect(address, MAX_CONNECT_MS);
      return Optional.empty();
    } catch (IOException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    } catch (IllegalArgumentException malformed) {
      return Optional.of("must be host:port");
    }
  }
}
