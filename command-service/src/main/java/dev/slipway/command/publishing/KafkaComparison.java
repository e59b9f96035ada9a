package dev.slipway.command.publishing;

import dev.slipway.command.publishing.KafkaTails.EventKey;
import dev.slipway.command.publishing.KafkaTails.Tail;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Compares what Kafka has with the log in PostgreSQL.
 *
 * @param installation whose log it is
 * @param epoch of the log
 * @param lastPosition of the log
 * @param expected the last position that was sent to each partition, as far as that is known
 */
record KafkaComparison(
    String installation, int epoch, long lastPosition, Map<TopicPartition, Long> expected) {

  /** What is to be done before anything new is published. */
  sealed interface Verdict {

    /** Kafka belongs to somebody else: nothing may be written to it. */
    record Foreign(String installation) implements Verdict {}

    /** Kafka has nothing, or events that PostgreSQL does not have: its copy is made anew. */
    record MakeAnew(String reason) implements Verdict {}

    /**
     * Records are missing, or none.
     *
     * @param has the position of the last record of each partition; 0 without a record
     * @param from the position behind which records are missing from at least one partition
     */
    record FillUp(Map<TopicPartition, Long> has, long from) implements Verdict {}
  }

  /** The events in PostgreSQL. */
  interface Events {

    boolean has(EventKey event) throws SQLException;

    /** The position of an event that is there. */
    long position(EventKey event) throws SQLException;
  }

  /**
   * @param mark how far the log was published by PostgreSQL's record of it
   */
  Verdict with(KafkaTails tails, long mark, Events events) throws SQLException {
    if (tails.last().isEmpty() && mark > 0) {
      return new Verdict.MakeAnew("Kafka is empty, and %d events were published".formatted(mark));
    }
    var has = new HashMap<TopicPartition, Long>();
    for (var partition : tails.partitions()) {
      var tail = tails.last().get(partition);
      var obstacle = tail == null ? null : obstacle(partition, tail, mark, events);
      if (obstacle != null) {
        return obstacle;
      }
      has.put(partition, tail == null ? 0 : position(partition, tail, mark, events));
    }
    return new Verdict.FillUp(Map.copyOf(has), from(has, mark));
  }

  /** Why records cannot be added after the last one of a partition; null if they can. */
  private @Nullable Verdict obstacle(TopicPartition partition, Tail tail, long mark, Events events)
      throws SQLException {
    var stamp = tail.stamp();
    if (stamp != null && !stamp.installation().equals(installation)) {
      return new Verdict.Foreign(stamp.installation());
    }
    if (stamp != null && stamp.epoch() != epoch) {
      return new Verdict.MakeAnew(
          "Kafka has epoch %d of the log, PostgreSQL has epoch %d".formatted(stamp.epoch(), epoch));
    }
    var event = tail.event();
    if (event != null && !events.has(event)) {
      return new Verdict.MakeAnew(
          "Kafka's %s ends with event %d of %s, which PostgreSQL does not have"
              .formatted(partition, event.sequence(), event.subject()));
    }
    long position = position(partition, tail, mark, events);
    return position > lastPosition
        ? new Verdict.MakeAnew(
            "Kafka's %s ends at position %d, PostgreSQL's log at %d"
                .formatted(partition, position, lastPosition))
        : null;
  }

  /**
   * Assignments of writers that did not stamp count as complete: nothing tells otherwise. Events
   * before one that cannot be read are all sent again: readers leave out those that they know.
   */
  private static long position(TopicPartition partition, Tail tail, long mark, Events events)
      throws SQLException {
    var stamp = tail.stamp();
    if (stamp != null) {
      return stamp.position();
    }
    if (partition.topic().equals(Topics.ASSIGNMENTS.topic())) {
      return mark;
    }
    return tail.event() == null ? 0 : events.position(tail.event());
  }

  private long from(Map<TopicPartition, Long> has, long mark) {
    long from = mark;
    for (var one : expected.entrySet()) {
      long found = Objects.requireNonNullElse(has.get(one.getKey()), 0L);
      if (found < one.getValue()) {
        from = Math.min(from, found);
      }
    }
    return from;
  }

  /** Whether a record of this position is in the partition already. */
  static boolean isThere(Verdict.FillUp fill, TopicPartition partition, long position) {
    long last = Objects.requireNonNullElse(fill.has().get(partition), 0L);
    return partition.topic().equals(Topics.ASSIGNMENTS.topic()) // an event may have several there
        ? position < last
        : position <= last;
  }
}
