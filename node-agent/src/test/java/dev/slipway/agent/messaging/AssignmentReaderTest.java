package dev.slipway.agent.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.AssignmentList.PastTerm;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignmentReaderTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final LogTerm FIRST = new LogTerm(1, "a");
  private static final LogTerm SECOND = new LogTerm(2, "b");
  private static final String TOPIC = Topics.ASSIGNMENTS.topic();

  private final FakeEngine engine = new FakeEngine();
  @TempDir Path folder;

  private ReconcileLoop loop() {
    var logs = new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var work =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.MISSING, InstantSource.system()),
            _ -> {},
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            InstantSource.system());
    return new ReconcileLoop(
        NODE, engine, new Assignments(), work, logs, Duration.ZERO, InstantSource.system());
  }

  private static Assignment web(int slot) {
    return web(slot, Wanted.RUNNING, 1);
  }

  private static Assignment web(int slot, Wanted wanted, long version) {
    return Samples.assignment(NODE, WEB, slot, wanted, version);
  }

  /** A record of the topic; without a stamp it is that of a writer from before stamps. */
  private record Sent(String key, byte @Nullable [] value, @Nullable LogStamp stamp) {}

  private static LogStamp at(long position) {
    return at(FIRST, position);
  }

  private static LogStamp at(LogTerm term, long position) {
    return new LogStamp("here", 1, term, position);
  }

  private static Sent sent(Assignment assignment, @Nullable LogStamp stamp) {
    return new Sent(assignment.container().value(), Wire.write(assignment), stamp);
  }

  private static Sent ended(Assignment assignment, @Nullable LogStamp stamp) {
    return new Sent(assignment.container().value(), null, stamp);
  }

  private static Sent list(LogStamp asOf, List<PastTerm> past, Assignment... containers) {
    var ids = Stream.of(containers).map(Assignment::container).toList();
    return new Sent(
        AssignmentList.key(NODE), Wire.write(new AssignmentList(NODE, asOf, past, ids)), asOf);
  }

  /** An agent reads what is there at first, then what comes. Each run is an agent started anew. */
  private AssignmentReader read(ReconcileLoop loop, List<Sent> before, List<Sent> later) {
    var partition = new TopicPartition(TOPIC, 0);
    var kafka = new MockConsumer<String, byte[]>("earliest");
    kafka.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
    kafka.updateBeginningOffsets(Map.of(partition, 0L));
    kafka.updateEndOffsets(Map.of(partition, (long) before.size()));
    var offset = new AtomicInteger();
    kafka.schedulePollTask(() -> before.forEach(one -> add(kafka, offset, one)));
    kafka.schedulePollTask(() -> later.forEach(one -> add(kafka, offset, one)));
    var reader = new AssignmentReader("nowhere:1", NODE, loop, new LogCheckpoint(folder));
    int all = before.size() + later.size();
    var polls = new AtomicInteger();
    reader.read(kafka, () -> kafka.position(partition) < all || polls.getAndIncrement() < 3);
    return reader;
  }

  private static void add(MockConsumer<String, byte[]> kafka, AtomicInteger offset, Sent one) {
    var record = new ConsumerRecord<>(TOPIC, 0, offset.getAndIncrement(), one.key(), one.value());
    if (one.stamp() != null) {
      one.stamp().writeTo(record.headers());
    }
    kafka.addRecord(record);
  }

  private boolean runs(Assignment assignment) {
    return engine.list(NODE).stream()
        .anyMatch(
            found ->
                found.labels().container().equals(assignment.container())
                    && found.state() == Found.State.RUNNING);
  }

  /** Two containers run, made by an agent that has read this log. */
  private void twoContainersRun() {
    try (var loop = loop()) {
      var reader =
          read(
              loop,
              List.of(
                  sent(web(1), at(10)),
                  sent(web(2), at(20)),
                  list(at(20), List.of(), web(1), web(2))),
              List.of());
      await().until(() -> runs(web(1)) && runs(web(2)));
      assertThat(reader.problem()).isNull();
    }
  }

  /** Looks at everything, as the timer does, and finds both running as before. */
  private void bothStillRun(ReconcileLoop loop) {
    for (int look = 0; look < 3; look++) {
      loop.sweep();
    }
    await().during(Duration.ofMillis(200)).until(() -> runs(web(1)) && runs(web(2)));
  }

  @Test
  void passesOverWhatIsNoAssignmentWheneverItComes() {
    var poison =
        Stream.of("not JSON", "{}", "null")
            .map(text -> new Sent("key", text.getBytes(UTF_8), null))
            .toList();
    try (var loop = loop()) {
      read(
          loop,
          List.of(poison.get(0), poison.get(1), sent(web(1), null), poison.get(2)),
          List.of(poison.get(0), poison.get(1), sent(web(2), null), poison.get(2)));
      await().untilAsserted(() -> assertThat(engine.list(NODE)).hasSize(2));
    }
  }

  @Test
  void anEmptyTopicChangesNothing() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader = read(loop, List.of(), List.of());
      bothStillRun(loop);
      assertThat(reader.problem()).contains("no assignment of installation here any more");
    }
  }

  @Test
  void anOlderCopyOfTheTopicChangesNothing() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader =
          read(
              loop,
              List.of(sent(web(1, Wanted.STOPPED, 0), at(5)), list(at(5), List.of(), web(1))),
              List.of());
      bothStillRun(loop);
      assertThat(reader.problem()).contains("older than this node");
    }
  }

  @Test
  void theTopicOfAnotherInstallationChangesNothing() {
    twoContainersRun();
    try (var loop = loop()) {
      var foreign = new LogStamp("elsewhere", 1, FIRST, 900);
      var reader =
          read(
              loop,
              List.of(sent(web(1, Wanted.ERASED, 9), foreign), list(foreign, List.of())),
              List.of(ended(web(2), foreign)));
      bothStillRun(loop);
      assertThat(reader.problem()).contains("another installation");
    }
  }

  @Test
  void halfATopicChangesNothingOfContainersWithoutARecord() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader =
          read(
              loop,
              List.of(sent(web(1), at(10)), list(at(20), List.of(), web(1), web(2))),
              List.of());
      bothStillRun(loop);
      assertThat(reader.problem()).isNull();
      assertThat(loop.withoutRecord()).containsExactly(web(2).container());
      assertThat(loop.unowned())
          .extracting(one -> one.container())
          .containsExactly(web(2).container());
    }
  }

  @Test
  void aTopicWithoutItsListChangesNothing() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader = read(loop, List.of(sent(web(1, Wanted.ERASED, 9), at(30))), List.of());
      bothStillRun(loop);
      assertThat(reader.problem()).contains("no complete list");
    }
  }

  @Test
  void anEmptyTopicThatIsFilledAgainIsFollowedFromItsListOn() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader =
          read(
              loop,
              List.of(),
              List.of(
                  sent(web(1), at(10)),
                  sent(web(3), at(30)),
                  list(at(30), List.of(), web(1), web(3))));
      await().until(() -> runs(web(3)));
      await()
          .untilAsserted(
              () -> {
                loop.sweep();
                assertThat(runs(web(2))).as("the list is newer and does not name it").isFalse();
              });
      assertThat(runs(web(1))).isTrue();
      assertThat(reader.problem()).isNull();
    }
  }

  @Test
  void removesWhatItsRecordsEndedWhileItWasAway() {
    twoContainersRun();
    try (var loop = loop()) {
      read(
          loop,
          List.of(
              sent(web(1), at(10)),
              sent(web(2), at(20)),
              list(at(20), List.of(), web(1), web(2)),
              ended(web(2), at(21))),
          List.of());
      await()
          .untilAsserted(
              () -> {
                loop.sweep();
                assertThat(engine.list(NODE)).hasSize(1);
              });
      assertThat(runs(web(1))).isTrue();
    }
  }

  @Test
  void keepsContainersThatOnlyANewerPastKnew() {
    twoContainersRun();
    try (var loop = loop()) {
      var reader =
          read(
              loop,
              List.of(
                  sent(web(1), at(SECOND, 10)),
                  list(at(SECOND, 15), List.of(new PastTerm(FIRST, 15)), web(1))),
              List.of());
      bothStillRun(loop);
      assertThat(reader.problem()).isNull();
      assertThat(loop.unowned())
          .singleElement()
          .satisfies(one -> assertThat(one.reason()).contains("position 20 of term 1.a"));
    }
  }

  /** {@code unowned/<uuid>/remove/} sends it: only an explicit record ends a container. */
  @Test
  void removesAnUnownedContainerOnAnExplicitRecordOnly() {
    twoContainersRun();
    try (var loop = loop()) {
      read(
          loop,
          List.of(
              sent(web(1), at(SECOND, 10)),
              list(at(SECOND, 15), List.of(new PastTerm(FIRST, 15)), web(1))),
          List.of(ended(web(2), at(SECOND, 16))));
      await()
          .untilAsserted(
              () -> {
                loop.sweep();
                assertThat(engine.list(NODE)).hasSize(1);
              });
      assertThat(runs(web(1))).isTrue();
      assertThat(loop.unowned()).isEmpty();
    }
  }

  /** {@code unowned/<uuid>/adopt/} sends it: the labels are of a lost past, and stay so. */
  @Test
  void reportsWhereAnUnownedContainerBelongsAndLeavesItAloneWhenItIsAdopted() {
    twoContainersRun();
    var second = engine.find(NODE, web(2).container()).orElseThrow();
    try (var loop = loop()) {
      var list = list(at(SECOND, 15), List.of(new PastTerm(FIRST, 15)), web(1));
      read(loop, List.of(sent(web(1), at(SECOND, 10)), list), List.of());
      loop.sweep();
      assertThat(loop.unowned())
          .singleElement()
          .satisfies(
              unowned -> {
                assertThat(unowned.service()).isEqualTo(WEB);
                assertThat(unowned.place()).isEqualTo(new SlotGeneration(2, 1, null));
                assertThat(unowned.made()).isEqualTo(at(20));
              });
      loop.assign(web(2).with(at(SECOND, 16)));
      bothStillRun(loop);
      assertThat(loop.unowned()).isEmpty();
      assertThat(engine.find(NODE, web(2).container())).hasValue(second);
    }
  }

  /** A topic that was made anew is read again, by an agent that had assignments from it before. */
  @Test
  void removesAContainerWhoseEndItFindsWhenItReadsTheTopicAgain() {
    try (var loop = loop()) {
      var before = List.of(sent(web(1), at(10)), sent(web(2), at(20)));
      read(loop, before, List.of(list(at(20), List.of(), web(1), web(2))));
      await().until(() -> runs(web(1)) && runs(web(2)));
      read(
          loop,
          List.of(
              sent(web(1), at(10)),
              sent(web(2), at(20)),
              list(at(20), List.of(), web(1), web(2)),
              sent(web(2, Wanted.REMOVED, 2), at(21)),
              ended(web(2), at(22))),
          List.of());
      await().untilAsserted(() -> assertThat(engine.list(NODE)).hasSize(1));
      assertThat(runs(web(1))).isTrue();
      assertThat(loop.withoutRecord()).isEmpty();
    }
  }

  @Test
  void followsAnOlderStateOfTheLogThatALaterTermContinues() {
    twoContainersRun();
    try (var loop = loop()) {
      read(loop, List.of(), List.of());
      var stopped = web(1, Wanted.STOPPED, 0);
      read(
          loop,
          List.of(),
          List.of(
              sent(stopped, at(SECOND, 12)),
              list(at(SECOND, 15), List.of(new PastTerm(FIRST, 11)), stopped)));
      await().until(() -> !runs(web(1)));
      assertThat(runs(web(2))).as("made after the state that was restored").isTrue();
    }
  }

  @Test
  void takesTheLowerVersionOfAPastThatWasRestoredWhileItReads() {
    try (var loop = loop()) {
      var before = web(1, Wanted.RUNNING, 9);
      var restored = web(1, Wanted.STOPPED, 5);
      read(
          loop,
          List.of(sent(before, at(20)), list(at(20), List.of(), before)),
          List.of(
              sent(restored, at(SECOND, 12)),
              list(at(SECOND, 15), List.of(new PastTerm(FIRST, 11)), restored)));
      await()
          .untilAsserted(
              () -> {
                loop.sweep();
                assertThat(engine.list(NODE))
                    .singleElement()
                    .satisfies(one -> assertThat(one.state()).isNotEqualTo(Found.State.RUNNING));
              });
    }
  }

  @Test
  void doesNotMakeAgainWhatEndedWhenItsHistoryIsSentAgain() {
    twoContainersRun();
    try (var loop = loop()) {
      read(
          loop,
          List.of(
              sent(web(1), at(10)), sent(web(2), at(20)), list(at(40), List.of(), web(1), web(2))),
          List.of(sent(web(3), at(30))));
      bothStillRun(loop);
      assertThat(engine.list(NODE)).hasSize(2);
    }
  }

  @Test
  void followsATopicWithoutStampsByItsRecordsAlone() {
    try (var loop = loop()) {
      read(loop, List.of(sent(web(1), null), sent(web(2), null)), List.of());
      await().until(() -> runs(web(1)) && runs(web(2)));
    }
    try (var loop = loop()) {
      read(loop, List.of(sent(web(1), null), sent(web(2, Wanted.REMOVED, 2), null)), List.of());
      await().untilAsserted(() -> assertThat(engine.list(NODE)).hasSize(1));
    }
    try (var loop = loop()) {
      read(loop, List.of(), List.of());
      loop.sweep();
      assertThat(runs(web(1))).isTrue();
    }
  }
}
