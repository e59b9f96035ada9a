package dev.slipway.agent.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaOutboxTest {

  private static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  private static final LogLines LINE =
      LogLines.of(
          new LogLine(
              WEB, ContainerId.of(WEB, 1, 1), "web-1", Stream.STDOUT, Instant.EPOCH, 0, "a line"));

  private static class Fake extends MockProducer<String, byte[]> {
    Fake() {
      super(false, null, new StringSerializer(), new ByteArraySerializer());
    }
  }

  private final Fake producer = new Fake();

  @Test
  void tellsWhetherALineHasArrivedOnceThatIsKnown() {
    var logs = new Fake();
    var told = new ArrayList<Boolean>();
    try (var outbox = new KafkaOutbox(producer, logs)) {
      outbox.send(LINE, told::add);
      outbox.send(LINE, told::add);
      assertThat(told).isEmpty();
      assertThat(logs.completeNext()).isTrue();
      assertThat(logs.errorNext(new TimeoutException("no room"))).isTrue();
      assertThat(told).containsExactly(true, false);
    }
  }

  @Test
  void tellsThatALineDoesNotArriveIfItCanNotBeSent() {
    var logs = new Fake();
    var told = new ArrayList<Boolean>();
    try (var outbox = new KafkaOutbox(producer, logs)) {
      logs.close();
      outbox.send(LINE, told::add);
      assertThat(told).containsExactly(false);
    }
  }

  @Test
  void sendsEverythingElseWhileThereIsNoRoomForLines() throws InterruptedException {
    var room = new CountDownLatch(1);
    var logs =
        new Fake() {
          @Override
          public Future<RecordMetadata> send(
              ProducerRecord<String, byte[]> line, Callback callback) {
            try {
              room.await();
            } catch (InterruptedException interrupted) {
              throw new org.apache.kafka.common.errors.InterruptException(interrupted);
            }
            return super.send(line, callback);
          }
        };
    try (var outbox = new KafkaOutbox(producer, logs)) {
      var flood = Thread.ofVirtual().start(() -> outbox.send(LINE, _ -> {}));
      await().until(() -> flood.getState() == Thread.State.WAITING);
      outbox.send(new ExecOutput.Ended("session", null));
      assertThat(List.copyOf(producer.history())).hasSize(1);
      room.countDown();
      flood.join();
      assertThat(logs.history()).hasSize(1);
    }
  }

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ContainerId WEB_1 = ContainerId.of(WEB, 1, 1);

  /** Fault 8: nobody learnt that a report was lost. */
  @Test
  void reportsTheReasonInPlaceOfAReportThatKafkaRefuses() {
    try (var outbox = new KafkaOutbox(producer, new Fake())) {
      outbox.send(new Removed(WEB, WEB_1, NODE, Instant.EPOCH));
      assertThat(producer.errorNext(new RecordTooLargeException("1.2 MB"))).isTrue();
      assertThat(producer.history()).hasSize(2);
      var report = Wire.read(producer.history().getLast().value(), ContainerReport.class);
      assertThat(report)
          .isEqualTo(
              new Waiting(
                  WEB,
                  WEB_1,
                  NODE,
                  Instant.EPOCH,
                  "Kafka does not take its node's report: 1.2 MB"));
      assertThat(producer.errorNext(new RecordTooLargeException("1.2 MB"))).isTrue();
      assertThat(producer.history()).as("a reason has no reason of its own").hasSize(2);
    }
  }

  @Test
  void reportsNoReasonWhileKafkaIsAway() {
    try (var outbox = new KafkaOutbox(producer, new Fake())) {
      outbox.send(new Removed(WEB, WEB_1, NODE, Instant.EPOCH));
      assertThat(producer.errorNext(new TimeoutException("away"))).isTrue();
      assertThat(producer.history()).hasSize(1);
    }
  }
}
