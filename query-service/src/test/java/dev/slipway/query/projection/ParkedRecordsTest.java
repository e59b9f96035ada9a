package dev.slipway.query.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.node.NodeEvent.NodeReturned;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damage in one subject's events stops that subject and no other. */
class ParkedRecordsTest {

  private static final String DAMAGED = "0a000000-0000-4000-8000-00000000000a";
  private static final String WHOLE = "0b000000-0000-4000-8000-00000000000b";

  private final FakeLog log = new FakeLog();
  private final Events events = new Events();
  private ProjectionLoop loop;

  /** Writes down which events it was given, and cannot apply some. */
  private static final class Events implements Projection<Envelope<Object>> {

    final List<String> applied = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Long> versions = new HashMap<>();
    volatile String cannotApply = "";

    @Override
    public Topics topic() {
      return Topics.NODE_EVENTS;
    }

    @Override
    public void prepare() {}

    @Override
    public Unreadable unreadable() {
      return Unreadable.STOPS;
    }

    @Override
    public Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
      return EventRecords.read(kafka);
    }

    @Override
    public void apply(List<Message<Envelope<Object>>> messages) throws EventsMissing {
      for (var message : messages) {
        var envelope = message.value();
        if (cannotApply.equals(envelope.subject() + "/" + envelope.sequence())) {
          throw new IllegalArgumentException("no such state");
        }
        long version = versions.getOrDefault(envelope.subject(), -1L);
        if (envelope.sequence() > version + 1) {
          throw new EventsMissing(message, envelope.subject(), version, envelope.sequence());
        }
        if (envelope.sequence() == version + 1) {
          versions.put(envelope.subject(), envelope.sequence());
          applied.add(envelope.subject() + "/" + envelope.sequence());
        }
      }
    }
  }

  @BeforeEach
  void start() {
    var surroundings =
        new ProjectionLoop.Surroundings(log, new OffsetStore(Stores.standIn()), false);
    loop = new ProjectionLoop("test", List.of(events), surroundings);
  }

  @AfterEach
  void stop() {
    loop.stop();
  }

  private void append(String subject, long sequence, String type, String json) {
    var envelope =
        new Envelope<>(
            subject + sequence,
            subject,
            sequence,
            10 + sequence,
            Instant.EPOCH,
            Map.<String, String>of(),
            json.getBytes(UTF_8));
    log.append(EventRecords.write(Topics.NODE_EVENTS, envelope, type, "1"));
  }

  private void append(String subject, long sequence) {
    append(
        subject,
        sequence,
        "NodeReturned",
        new String(Wire.write(new NodeReturned(new NodeId(subject))), UTF_8));
  }

  private void awaitApplied(String... all) {
    await().untilAsserted(() -> assertThat(events.applied).containsExactlyInAnyOrder(all));
    await().until(() -> loop.status().isReady());
  }

  @Test
  void anUnknownTypeParksItsSubjectUntilTheRepairedEventComes() {
    append(DAMAGED, 0);
    append(DAMAGED, 1, "NodeSang", "{}");
    append(DAMAGED, 2);
    append(WHOLE, 0);
    loop.start();
    awaitApplied(DAMAGED + "/0", WHOLE + "/0");
    assertThat(loop.status().parked())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.subject()).isEqualTo(DAMAGED);
              assertThat(one.position()).isEqualTo(11);
              assertThat(one.reason()).contains("no event is named NodeSang");
            });

    append(DAMAGED, 1);
    append(DAMAGED, 2);
    append(WHOLE, 1);
    awaitApplied(DAMAGED + "/0", WHOLE + "/0", DAMAGED + "/1", DAMAGED + "/2", WHOLE + "/1");
    assertThat(loop.status().parked()).isEmpty();
  }

  @Test
  void aLackingFieldAndBrokenJsonParkTheirSubjects() {
    append(DAMAGED, 0, "NodeReturned", "{}");
    append("0c000000-0000-4000-8000-00000000000c", 0, "NodeReturned", "{\"nodeId\":");
    append("0d000000-0000-4000-8000-00000000000d", 0, "NodeReturned", "{\"nodeId\":\"other\"}");
    append(WHOLE, 0);
    loop.start();
    awaitApplied(WHOLE + "/0");
    assertThat(loop.status().parked()).hasSize(3);
  }

  @Test
  void anEventThatCannotBeAppliedParksItsSubject() {
    events.cannotApply = DAMAGED + "/1";
    append(DAMAGED, 0);
    append(DAMAGED, 1);
    append(DAMAGED, 2);
    append(WHOLE, 0);
    loop.start();
    awaitApplied(DAMAGED + "/0", WHOLE + "/0");
    assertThat(loop.status().parked().getFirst().sequence()).isEqualTo(1);
  }

  @Test
  void aGapInTheLogItselfParksItsSubject() {
    append(DAMAGED, 0);
    append(DAMAGED, 2);
    append(WHOLE, 0);
    loop.start();
    awaitApplied(DAMAGED + "/0", WHOLE + "/0");
    assertThat(loop.status().parked().getFirst().reason()).contains("has seen its events up to 0");
  }
}
