package dev.slipway.standalone.audit;

import static dev.slipway.standalone.audit.Promise.K1;

import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.LogStamp;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * K1, of one partition: the events that belong into it, in order, and the records that it has. An
 * event may be there twice, since a publisher that is not sure sends it again.
 */
final class PartitionComparison {

  private static final int FIELDS = 4;

  private final LogHead log;
  private final Violations violations;

  /** Of each event position, id, value and attributes. */
  private long[] expected = new long[64 * FIELDS];

  private int size;
  private final BitSet seen = new BitSet();
  private int next;
  private int repeats;
  private @Nullable Map<Long, Integer> byId;

  PartitionComparison(LogHead log, Violations violations) {
    this.log = log;
    this.violations = violations;
  }

  /** Adds the next event that belongs into the partition. */
  void expect(long position, RecordDigest digest) {
    if (expected.length < (size + 1) * FIELDS) {
      expected = Arrays.copyOf(expected, expected.length * 2);
    }
    int at = size++ * FIELDS;
    expected[at] = position;
    expected[at + 1] = digest.id();
    expected[at + 2] = digest.value();
    expected[at + 3] = digest.attributes();
  }

  /** Takes the next record; all events are known. */
  void see(ConsumerRecord<String, byte[]> kafka) {
    var id = id(kafka);
    if (id == null) {
      add("are no events", kafka, "is no event of Slipway");
      return;
    }
    var digest = RecordDigest.of(kafka.key(), kafka.value(), kafka.headers(), id);
    int index = indexOf(digest.id());
    compareStamp(kafka, index);
    if (index < 0) {
      add("are not in PostgreSQL", kafka, "is not in PostgreSQL, or not of this partition");
      return;
    }
    compareBytes(kafka, index, digest);
    if (seen.get(index)) {
      repeats++;
      return;
    }
    seen.set(index);
    if (index < next && !log.repaired().contains(kafka.key())) {
      add("come after later ones", kafka, "comes after later ones");
    }
    next = Math.max(next, index + 1);
  }

  private static @Nullable String id(ConsumerRecord<String, byte[]> kafka) {
    try {
      var _ = EventRecords.sequence(kafka.headers());
      return EventRecords.id(kafka.headers());
    } catch (RuntimeException none) {
      return null;
    }
  }

  private int indexOf(long id) {
    if (next < size && expected[next * FIELDS + 1] == id) {
      return next;
    }
    var known = byId;
    if (known == null) {
      known = new HashMap<>();
      for (int index = 0; index < size; index++) {
        known.put(expected[index * FIELDS + 1], index);
      }
      byId = known;
    }
    return known.getOrDefault(id, -1);
  }

  private void compareStamp(ConsumerRecord<String, byte[]> kafka, int index) {
    var stamp = LogStamp.read(kafka.headers()).orElse(null);
    if (stamp == null) {
      return; // of a publisher before stamps
    }
    if (!stamp.installation().equals(log.installation())) {
      add("are of another installation", kafka, "is of installation " + stamp.installation());
    } else if (stamp.epoch() != log.epoch()) {
      add(
          "are of another epoch",
          kafka,
          "is of epoch %d, PostgreSQL has epoch %d".formatted(stamp.epoch(), log.epoch()));
    } else if (index >= 0
        && stamp.position() != expected[index * FIELDS]
        && !log.repaired().contains(kafka.key())) {
      add(
          "are stamped with another position",
          kafka,
          "is stamped with position %d, its place in PostgreSQL is %d"
              .formatted(stamp.position(), expected[index * FIELDS]));
    }
  }

  private void compareBytes(ConsumerRecord<String, byte[]> kafka, int index, RecordDigest digest) {
    if (digest.value() != expected[index * FIELDS + 2]) {
      add("have other bytes", kafka, "has other bytes than in PostgreSQL");
    } else if (digest.attributes() != expected[index * FIELDS + 3]) {
      add("have other headers", kafka, "has another key or other headers than in PostgreSQL");
    }
  }

  private void add(String kind, ConsumerRecord<String, byte[]> kafka, String what) {
    var subject = "%s-%d offset %d".formatted(kafka.topic(), kafka.partition(), kafka.offset());
    var id = id(kafka);
    var event =
        id == null
            ? "the record "
            : "event %d of %s ".formatted(EventRecords.sequence(kafka.headers()), kafka.key());
    var _ = violations.add(K1, kind, subject, event + what);
  }

  int repeats() {
    return repeats;
  }

  /** Passes on the positions of events without a record. */
  void forEachMissing(LongConsumer positions) {
    for (int index = seen.nextClearBit(0); index < size; index = seen.nextClearBit(index + 1)) {
      positions.accept(expected[index * FIELDS]);
    }
  }
}
