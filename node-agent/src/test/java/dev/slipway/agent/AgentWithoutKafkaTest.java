package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.agent.messaging.KafkaReachability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole agent whose Kafka is not there, or does not answer. */
class AgentWithoutKafkaTest {

  /** Five seconds, and some for a machine that is busy; before it was up to 30. */
  private static final Duration LONGEST_END = Duration.ofSeconds(8);

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Logger logger = (Logger) LoggerFactory.getLogger(KafkaReachability.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir Path data;

  @AfterEach
  void leaveTheLog() {
    logger.detachAppender(log);
  }

  private ConfigurableApplicationContext agent(int kafkaPort) {
    var agent =
        new SpringApplicationBuilder(NodeAgentApplication.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off")
            .run(
                "--slipway.kafka=127.0.0.1:" + kafkaPort,
                "--slipway.simulated=true",
                "--slipway.data=" + data);
    log.start();
    logger.addAppender(log); // a start sets logging up anew
    return agent;
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Duration endOf(ConfigurableApplicationContext agent) {
    long begin = System.nanoTime();
    agent.close();
    var took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.println("the agent ended after " + took);
    return took;
  }

  @Test
  void namesTheAddressAndEndsWithinSeconds() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (var agent = agent(port)) {
      await().atMost(LONG).until(() -> !lines().isEmpty());
      assertThat(lines().getFirst())
          .startsWith("Cannot connect to Kafka at 127.0.0.1:%d: ".formatted(port))
          .endsWith("SLIPWAY_KAFKA names its address");
      assertThat(endOf(agent)).isLessThan(LONGEST_END);
    }
  }

  @Test
  void endsWithinSecondsWhenItsKafkaDoesNotAnswer() throws Exception {
    var clients = new ArrayList<Socket>();
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var _ = Thread.startVirtualThread(() -> accept(silent, clients));
      try (var agent = agent(silent.getLocalPort())) {
        await().atMost(LONG).until(() -> clients.size() > 2);
        assertThat(endOf(agent)).isLessThan(LONGEST_END);
      }
    }
  }

  /** Takes connections and answers nothing. */
  private static void accept(ServerSocket server, List<Socket> clients) {
    try {
      while (true) {
        clients.add(server.accept());
      }
    } catch (IOException closed) {
      // the test has ended
    }
  }
}
