package dev.slipway.standalone;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;

/**
 * Keeps late heartbeats of the embedded Kafka out of the log. Its only broker sends them to the
 * controller in the same process, which takes 250 ms on a busy machine for an error but counts the
 * heartbeat all the same. A controller that is really slow is still logged by Kafka's own monitor.
 */
public final class OwnHeartbeatFilter extends Filter<ILoggingEvent> {

  /** The message that each class logs for a late heartbeat. */
  private static final Map<String, String> LATE =
      Map.of(
          "org.apache.kafka.controller.ReplicationControlManager",
          "processExpiredBrokerHeartbeat",
          "kafka.server.BrokerLifecycleManager",
          "sent a heartbeat request but received error REQUEST_TIMED_OUT");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    var late = LATE.get(event.getLoggerName());
    return late != null && event.getFormattedMessage().contains(late)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
