package dev.slipway.agent.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KafkaReachabilityTest {

  private static final Optional<String> REFUSED = Optional.of("Connection refused");

  private final AtomicLong time = new AtomicLong(-5);
  private final AtomicReference<Optional<String>> connection = new AtomicReference<>(REFUSED);
  private final KafkaReachability kafka =
      new KafkaReachability(
          "kafka.lan:9092", Duration.ofSeconds(2), _ -> connection.get(), time::get);

  private Optional<String> after(int seconds) {
    time.addAndGet(Duration.ofSeconds(seconds).toNanos());
    return kafka.report();
  }

  @Test
  void anUnreachableKafkaIsReportedWithItsAddressWithinFiveSecondsAndThenOnceAMinute() {
    assertThat(after(3)).isEmpty();
    assertThat(after(1))
        .contains(
            "Cannot connect to Kafka at kafka.lan:9092: Connection refused; retrying."
                + " SLIPWAY_KAFKA names its address");
    assertThat(after(1)).isEmpty();
    assertThat(after(58)).isEmpty();
    assertThat(after(1)).isPresent();
    assertThat(after(30)).isEmpty();
    assertThat(after(30)).isPresent();
  }

  @Test
  void aKafkaThatAnswersAgainIsReportedOnce() {
    assertThat(after(4)).isPresent();
    kafka.acknowledged();
    assertThat(after(1)).contains("Kafka at kafka.lan:9092 answers again");
    assertThat(after(1)).isEmpty();
  }

  @Test
  void nothingIsReportedWhileHeartbeatsAreAcknowledged() {
    for (int second = 0; second < 200; second += 2) {
      kafka.acknowledged();
      assertThat(after(2)).isEmpty();
    }
  }

  @Test
  void aKafkaThatOnlyAcceptsConnectionsIsReportedAfterHalfAMinute() {
    connection.set(Optional.empty());
    assertThat(after(29)).isEmpty();
    assertThat(after(1)).get().asString().contains("acknowledged nothing for 30 s");
  }

  @Test
  void realAddressesAreConnectedTo() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(real("127.0.0.1:" + server.getLocalPort())).isEmpty();
    }
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int closed = server.getLocalPort();
      server.close();
      assertThat(real("127.0.0.1:" + closed)).get().asString().contains(":%d: ".formatted(closed));
    }
    assertThat(real("no-such-host.invalid:9092")).get().asString().contains("unknown host");
    assertThat(real("nonsense")).get().asString().contains("must be host:port");
  }

  private Optional<String> real(String servers) {
    return new KafkaReachability(servers, Duration.ofSeconds(-2)).report();
  }
}
