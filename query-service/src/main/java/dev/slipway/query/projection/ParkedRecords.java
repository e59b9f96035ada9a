package dev.slipway.query.projection;

import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.query.projection.Projection.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subjects of one loop with an event that cannot be applied: their later events wait, all other
 * subjects are read on. The stored offset stays at the event, so that it is read again at the next
 * start; a repaired one comes again with the same sequence number and ends the wait.
 */
final class ParkedRecords {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedRecords.class);

  private final ProjectionStatus status;
  private final Map<String, Parked> parked = new LinkedHashMap<>();

  /**
   * A subject that is parked.
   *
   * @param position of the event in the log, -1 if its record does not have it
   */
  record Parked(
      String subject,
      TopicPartition partition,
      long offset,
      long sequence,
      long position,
      String reason) {}

  ParkedRecords(ProjectionStatus status) {
    this.status = status;
  }

  /** Parks the subject of a record that cannot be read. */
  void park(ConsumerRecord<String, byte[]> kafka, String reason) {
    var subject = kafka.key() == null ? "record " + kafka.offset() : kafka.key();
    park(
        new Parked(
            subject,
            new TopicPartition(kafka.topic(), kafka.partition()),
            kafka.offset(),
            EventRecords.sequenceOf(kafka),
            EventRecords.positionOf(kafka),
            reason));
  }

  /**
   * Parks the subject of a message that cannot be applied.
   *
   * @return false if the message is of no subject
   */
  boolean park(String topic, Message<?> message, String reason) {
    if (!(message.value() instanceof Envelope<?> envelope)) {
      return false;
    }
    park(
        new Parked(
            envelope.subject(),
            new TopicPartition(topic, message.partition()),
            message.offset(),
            envelope.sequence(),
            envelope.position(),
            reason));
    return true;
  }

  private void park(Parked one) {
    if (parked.putIfAbsent(key(one.partition().topic(), one.subject()), one) == null) {
      LOG.error(
          "Cannot apply event {} of {} at position {} ({}, offset {}): {}; its later events wait",
          one.sequence(),
          one.subject(),
          one.position(),
          one.partition(),
          one.offset(),
          one.reason());
      status.parked(List.copyOf(parked.values()));
    }
  }

  /** Whether a message is parked itself, or waits behind one that is. */
  boolean isBehind(String topic, Message<?> message) {
    if (!(message.value() instanceof Envelope<?> envelope)) {
      return false;
    }
    var before = parked.get(key(topic, envelope.subject()));
    return before != null && before.sequence() <= envelope.sequence();
  }

  /** Whether a message waits behind one that is parked. A repaired event ends that. */
  boolean holds(String topic, Message<?> message) {
    if (parked.isEmpty() || !(message.value() instanceof Envelope<?> envelope)) {
      return false;
    }
    var key = key(topic, envelope.subject());
    var before = parked.get(key);
    if (before == null) {
      return false;
    }
    if (envelope.sequence() > before.sequence()) {
      return true;
    }
    if (envelope.sequence() == before.sequence()) {
      LOG.info("Event {} of {} can be applied again", envelope.sequence(), envelope.subject());
      parked.remove(key);
      status.parked(List.copyOf(parked.values()));
    }
    return false;
  }

  /** Keeps stored offsets at the first event that is parked. */
  void holdBack(Map<TopicPartition, Long> next) {
    for (var one : parked.values()) {
      next.computeIfPresent(one.partition(), (_, offset) -> Math.min(offset, one.offset()));
    }
  }

  private static String key(String topic, String subject) {
    return topic + "/" + subject;
  }
}
