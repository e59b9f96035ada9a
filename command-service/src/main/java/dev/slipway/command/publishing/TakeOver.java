package dev.slipway.command.publishing;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.publishing.EventLog.Position;
import dev.slipway.command.publishing.KafkaComparison.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a publisher does before it publishes: it compares Kafka with the log, and begins a term. */
final class TakeOver {

  private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

  private final Connection connection;
  private final EventLog log;
  private final KafkaClients kafka;
  private final TopicSetup topics;

  TakeOver(Connection connection, EventLog log, KafkaClients kafka, TopicSetup topics) {
    this.connection = connection;
    this.log = log;
    this.kafka = kafka;
    this.topics = topics;
  }

  /**
   * Where publishing begins.
   *
   * @param from everything up to here is in Kafka
   * @param marked how far the log counts as published
   * @param target the log's last position: up to there records may be in Kafka already
   * @param fill what each partition has
   */
  record Beginning(
      LogIdentity identity,
      Position from,
      Position marked,
      long target,
      Verdict.FillUp fill,
      Partitioning partitioning) {

    /** How many events are compared with Kafka, and sent where it lacks them. */
    long behind() {
      return Math.max(0, target - from.number());
    }
  }

  /**
   * @param leastTerm the lowest number that the new term may have
   * @throws ForeignKafka if Kafka belongs to another installation
   */
  Beginning begin(int leastTerm) throws Exception {
    log.keepOrder();
    var positions = new PublishedPositions(connection);
    var terms = new LogTerms(connection);
    var mark = log.published();
    long last = log.lastPosition(mark);
    var tails = tails();
    var known = terms.last();
    var comparison =
        new KafkaComparison(
            known.installation(), known.epoch(), last, expected(positions, tails, mark.number()));
    var fill =
        switch (comparison.with(tails, mark.number(), positions)) {
          case Verdict.Foreign(var other) -> throw new ForeignKafka(other, known.installation());
          case Verdict.MakeAnew(var reason) -> makeAnew(terms, tails, reason);
          case Verdict.FillUp found -> found;
        };
    var identity = terms.begin(last, leastTerm);
    return new Beginning(
        identity,
        positions.at(fill.from()),
        log.published(),
        last,
        fill,
        new Partitioning(tails.partitions()));
  }

  private KafkaTails tails() {
    try (var consumer = kafka.consumer()) {
      return KafkaTails.read(consumer);
    }
  }

  private Verdict.FillUp makeAnew(LogTerms terms, KafkaTails tails, String reason)
      throws Exception {
    LOG.warn("Filling Kafka anew from PostgreSQL: {}", reason);
    int highest = 0;
    for (var tail : tails.last().values()) {
      var stamp = tail.stamp();
      highest = stamp == null ? highest : Math.max(highest, stamp.epoch());
    }
    terms.beginEpoch(reason, highest + 1);
    topics.makeAnew(KafkaTails.TOPICS);
    return new Verdict.FillUp(Map.of(), 0);
  }

  private static Map<TopicPartition, Long> expected(
      PublishedPositions positions, KafkaTails tails, long mark) throws SQLException {
    var expected = new HashMap<TopicPartition, Long>();
    var sent = positions.sent();
    if (sent == null) {
      var partitioning = new Partitioning(tails.partitions());
      positions.subjects(
          mark,
          (type, subject, last) ->
              expected.merge(partitioning.of(Partitioning.topic(type), subject), last, Math::max));
      return expected;
    }
    sent.forEach(
        (name, position) -> {
          int dash = name.lastIndexOf('-');
          var partition =
              new TopicPartition(
                  name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
          expected.put(partition, position);
        });
    return expected;
  }
}
