package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.publishing.KafkaComparison.Verdict;
import dev.slipway.command.publishing.KafkaTails.EventKey;
import dev.slipway.command.publishing.KafkaTails.Tail;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaComparisonTest {

  private static final TopicPartition EVENTS = new TopicPartition(Topics.SERVICE_EVENTS.topic(), 0);
  private static final TopicPartition NODES = new TopicPartition(Topics.NODE_EVENTS.topic(), 0);
  private static final TopicPartition ASSIGNMENTS =
      new TopicPartition(Topics.ASSIGNMENTS.topic(), 0);

  /** PostgreSQL has events 1 to 100, and Kafka was sent all of them. */
  private static final KafkaComparison LOG =
      new KafkaComparison("here", 3, 100, Map.of(EVENTS, 100L, NODES, 40L, ASSIGNMENTS, 90L));

  private static Tail tail(String installation, int epoch, long position) {
    return new Tail(
        new LogStamp(installation, epoch, new LogTerm(1, "a"), position),
        new EventKey("event-" + position, "web", position));
  }

  private static Tail tail(long position) {
    return tail("here", 3, position);
  }

  private static Verdict verdict(
      @Nullable Tail events, @Nullable Tail nodes, @Nullable Tail assignments) throws Exception {
    var last = new HashMap<TopicPartition, Tail>();
    last.put(EVENTS, events);
    last.put(NODES, nodes);
    last.put(ASSIGNMENTS, assignments);
    last.values().removeIf(Objects::isNull);
    return LOG.with(
        new KafkaTails(List.of(EVENTS, NODES, ASSIGNMENTS), last), 100, new OfPostgresql());
  }

  /** Has the events whose number is at most 100, but the one that a lost past put at 66. */
  private static final class OfPostgresql implements KafkaComparison.Events {
    @Override
    public boolean has(EventKey event) {
      return event.sequence() <= 100 && event.sequence() != 66;
    }

    @Override
    public long position(EventKey event) {
      return event.sequence();
    }
  }

  @Test
  void nothingIsMissing() throws Exception {
    assertThat(verdict(tail(100), tail(40), new Tail(tail(90).stamp(), null)))
        .isEqualTo(new Verdict.FillUp(Map.of(EVENTS, 100L, NODES, 40L, ASSIGNMENTS, 90L), 100));
  }

  @Test
  void kafkaIsFilledFromWhereTheFirstPartitionEnds() throws Exception {
    assertThat(((Verdict.FillUp) verdict(tail(80), tail(30), tail(90))).from()).isEqualTo(30);
    assertThat(((Verdict.FillUp) verdict(tail(100), tail(40), null)).from()).isZero();
  }

  @Test
  void recordsFromBeforeStampsAreFoundByTheirEvents() throws Exception {
    var old = new Tail(null, new EventKey("event-70", "web", 70));
    assertThat(verdict(old, tail(40), new Tail(null, null)))
        .isEqualTo(new Verdict.FillUp(Map.of(EVENTS, 70L, NODES, 40L, ASSIGNMENTS, 100L), 70));
  }

  @Test
  void kafkaIsMadeAnewIfItIsEmptyOrHasWhatPostgresqlDoesNotHave() throws Exception {
    assertThat(verdict(null, null, null)).isInstanceOf(Verdict.MakeAnew.class);
    assertThat(verdict(tail(101), tail(40), null)).isInstanceOf(Verdict.MakeAnew.class);
    assertThat(verdict(tail(66), tail(40), null)).isInstanceOf(Verdict.MakeAnew.class);
    assertThat(verdict(tail(100), tail(40), new Tail(tail(120).stamp(), null)))
        .isInstanceOf(Verdict.MakeAnew.class);
    assertThat(verdict(tail("here", 4, 90), tail(40), null)).isInstanceOf(Verdict.MakeAnew.class);
    assertThat(verdict(tail("here", 2, 90), tail(40), null)).isInstanceOf(Verdict.MakeAnew.class);
  }

  @Test
  void theKafkaOfAnotherInstallationIsLeftAlone() throws Exception {
    assertThat(verdict(tail("elsewhere", 3, 90), null, null))
        .isEqualTo(new Verdict.Foreign("elsewhere"));
  }

  /** Something else has written to the topic of events: what is before it is unknown. */
  @Test
  void everythingIsSentAgainToAPartitionThatEndsWithSomethingUnreadable() throws Exception {
    assertThat(verdict(new Tail(null, null), tail(40), new Tail(tail(90).stamp(), null)))
        .isEqualTo(new Verdict.FillUp(Map.of(EVENTS, 0L, NODES, 40L, ASSIGNMENTS, 90L), 0));
  }
}
