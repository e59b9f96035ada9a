package dev.slipway.command.publishing;

import dev.slipway.command.publishing.EventLog.Stored;
import dev.slipway.command.publishing.ParkedSubjects.Parked;
import dev.slipway.command.publishing.ParkedSubjects.Repaired;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.UnreadableEvent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Holds back what cannot be published, subject by subject. Only the publisher's thread uses it. */
final class EventScreen {

  private final ParkedSubjects parked;
  private final RecordLimits limits;

  EventScreen(ParkedSubjects parked, RecordLimits limits) {
    this.parked = parked;
    this.limits = limits;
    parked.refresh();
  }

  /** Makes the records of an event; throws anything if it cannot be read. */
  interface Records {
    List<ProducerRecord<String, byte[]>> of(Stored stored) throws SQLException;
  }

  /** The records to send of an event: none if its subject is parked, or is so from now on. */
  List<ProducerRecord<String, byte[]>> pass(Stored stored, Records records) throws SQLException {
    return isHeldBack(stored, parked.find(stored.envelope().subject()))
        ? List.of()
        : make(stored, records);
  }

  /** As {@link #pass}, for an event of a subject that was repaired: nothing else sends those. */
  List<ProducerRecord<String, byte[]>> passRepaired(Stored stored, Records records)
      throws SQLException {
    var before = parked.find(stored.envelope().subject()).filter(one -> !one.repaired());
    return isHeldBack(stored, before) ? List.of() : make(stored, records);
  }

  private static boolean isHeldBack(Stored stored, Optional<Parked> before) {
    return before.isPresent() && before.get().sequence() <= stored.envelope().sequence();
  }

  private List<ProducerRecord<String, byte[]>> make(Stored stored, Records records)
      throws SQLException {
    try {
      if (stored.envelope().event().length > Topics.MAX_RECORD_BYTES) {
        throw new UnreadableEvent(tooLarge(stored.envelope().event().length));
      }
      var made = records.of(stored);
      made.forEach(EventScreen::checkSize);
      return made;
    } catch (RuntimeException cannotBe) {
      parked.park(stored, reason(cannotBe));
      return List.of();
    }
  }

  private static int size(ProducerRecord<String, byte[]> made) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        made.key() == null ? null : made.key().getBytes(StandardCharsets.UTF_8),
        made.value(),
        made.headers().toArray());
  }

  private static void checkSize(ProducerRecord<String, byte[]> made) {
    int bytes = size(made);
    if (bytes > Topics.MAX_RECORD_BYTES) {
      throw new UnreadableEvent(tooLarge(bytes));
    }
  }

  private static String tooLarge(int bytes) {
    return String.format(
        Locale.ROOT,
        "its record has %,d bytes, Kafka takes at most %,d",
        bytes,
        Topics.MAX_RECORD_BYTES);
  }

  private static String reason(RuntimeException failure) {
    return failure instanceof UnreadableEvent && failure.getMessage() != null
        ? failure.getMessage()
        : "it cannot be applied: " + failure.getClass().getSimpleName();
  }

  /** Whether Kafka refuses this very record, now and ever. */
  static boolean isRefusal(@Nullable Exception problem) {
    return problem instanceof RecordTooLargeException
        || problem instanceof RecordBatchTooLargeException
        || problem instanceof InvalidRecordException;
  }

  /** Parks the subject of an event that Kafka has refused. */
  void refused(Stored stored, ProducerRecord<String, byte[]> message, Exception problem) {
    parked.park(
        stored,
        String.format(
            Locale.ROOT,
            "Kafka refuses its record of %,d bytes in the topic %s, whose max.message.bytes is %,d:"
                + " %s",
            size(message),
            message.topic(),
            limits.of(message.topic()),
            problem.getClass().getSimpleName()));
  }

  /** The parked subjects that an operator has repaired. */
  List<Parked> repaired() {
    return parked.all().stream().filter(Parked::repaired).toList();
  }

  /**
   * @param position of the log when the subject's events were published again
   */
  void release(Parked one, long position) {
    parked.release(one, position);
  }

  /** The subjects that were published again when Kafka may have had no more than it has now. */
  List<Repaired> repairedSince(long position) {
    return parked.repairedSince(position);
  }

  void publishedAgain(Repaired one, long position) {
    parked.publishedAgain(one.subject(), position);
  }

  /** The event, checked as far as this program knows it. */
  static Object read(Stored stored) {
    var event =
        StoredEvents.read(
            stored.envelope().event(),
            stored.type(),
            stored.revision(),
            stored.envelope().subject());
    if (!isEventOf(event.getClass(), stored.aggregate())) {
      throw new UnreadableEvent(
          "it is stored for a %s, but is a %s"
              .formatted(stored.aggregate(), event.getClass().getSimpleName()));
    }
    return event;
  }

  /** Events are records of a sealed interface, or of a group within it. */
  static boolean isEventOf(Class<?> type, String aggregate) {
    return type.getSimpleName().equals(aggregate + "Event")
        || Arrays.stream(type.getInterfaces()).anyMatch(one -> isEventOf(one, aggregate));
  }
}
