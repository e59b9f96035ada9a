package dev.slipway.command.store;

import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest records that Kafka takes, as its settings say, and the largest event that may be
 * stored therefore. Until Kafka has been asked, its topics count as Slipway sets them up.
 */
public final class RecordLimits {

  private static final Logger LOG = LoggerFactory.getLogger(RecordLimits.class);

  /** For the key, the headers, names of neighbours, and what Kafka writes with each record. */
  private static final int BESIDE_EVENTS = 64 * 1024;

  /** An assignment has a definition, its variables once more, and those of links. */
  private static final int EVENTS_IN_A_RECORD = 3;

  /** The topics whose records are events, or are made of events as assignments are. */
  private static final Topics[] OF_EVENTS = {
    Topics.SERVICE_EVENTS,
    Topics.STACK_EVENTS,
    Topics.NODE_EVENTS,
    Topics.ACTION_EVENTS,
    Topics.ACCOUNT_EVENTS,
    Topics.ASSIGNMENTS
  };

  private volatile Map<String, Integer> bytes = Map.of();

  /**
   * @param bytes by the name of the topic; one that is missing counts as Slipway sets it up
   */
  public void learn(Map<String, Integer> bytes) {
    int before = largestEvent();
    this.bytes = Map.copyOf(bytes);
    if (largestEvent() < before) {
      LOG.warn(
          "Kafka takes records of at most {} bytes, so that events are limited to {} bytes instead"
              + " of {}; set max.message.bytes of the topics slipway.* to {}",
          smallest(),
          largestEvent(),
          StoredEvents.MAX_BYTES,
          Topics.MAX_RECORD_BYTES);
    }
  }

  public boolean areKnown() {
    return !bytes.isEmpty();
  }

  /** The largest record that a topic takes, compressed. */
  public int of(String topic) {
    return bytes.getOrDefault(topic, Topics.MAX_RECORD_BYTES);
  }

  private int smallest() {
    return Stream.of(OF_EVENTS).mapToInt(topic -> of(topic.topic())).min().orElseThrow();
  }

  /** The largest event that may be stored, so that every record made of it can be published. */
  public int largestEvent() {
    int share = (smallest() - BESIDE_EVENTS) / EVENTS_IN_A_RECORD;
    return Math.clamp(share, 0, StoredEvents.MAX_BYTES);
  }
}
