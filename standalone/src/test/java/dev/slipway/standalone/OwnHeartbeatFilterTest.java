package dev.slipway.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class OwnHeartbeatFilterTest {

  private static final String CONTROLLER = "org.apache.kafka.controller.ReplicationControlManager";

  private static FilterReply decide(String logger, String message, Object... arguments) {
    var of = new LoggerContext().getLogger(logger);
    var event = new LoggingEvent("", of, Level.ERROR, message, null, arguments);
    return new OwnHeartbeatFilter().decide(event);
  }

  @Test
  void lateHeartbeatsOfTheEmbeddedBrokerAreNotLogged() {
    assertThat(
            decide(
                CONTROLLER,
                "[QuorumController id=1] processExpiredBrokerHeartbeat: controller event queue"
                    + " overloaded. Timed out heartbeat from broker {}.",
                1))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            decide(
                "kafka.server.BrokerLifecycleManager",
                "[BrokerLifecycleManager id=1] Broker 1 sent a heartbeat request but received error"
                    + " REQUEST_TIMED_OUT."))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void everythingElseIsLogged() {
    assertThat(decide(CONTROLLER, "Fencing broker {}", 1)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("kafka.server.BrokerLifecycleManager", "Broker 1 was fenced"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("dev.slipway.Any", "processExpiredBrokerHeartbeat"))
        .isEqualTo(FilterReply.NEUTRAL);
  }
}
