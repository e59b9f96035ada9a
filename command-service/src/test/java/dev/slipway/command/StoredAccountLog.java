package dev.slipway.command;

import dev.slipway.http.AccountLog;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Brings account events to the directory as Kafka would, as soon as they are published. */
final class StoredAccountLog implements AccountLog {

  private static final TopicPartition ACCOUNTS =
      new TopicPartition(Topics.ACCOUNT_EVENTS.topic(), 0);

  private final BlockingQueue<DomainEventMessage<?>> stored = new LinkedBlockingQueue<>();

  StoredAccountLog(EventStore events) {
    var _ =
        events.subscribe(
            messages ->
                messages.forEach(
                    message -> {
                      if (message instanceof DomainEventMessage<?> happened
                          && happened.getType().equals("Account")) {
                        stored.add(happened);
                      }
                    }));
  }

  @Override
  public Consumer<String, byte[]> consumer() {
    var consumer = new Reading();
    consumer.updatePartitions(
        ACCOUNTS.topic(), List.of(new PartitionInfo(ACCOUNTS.topic(), 0, null, null, null)));
    consumer.updateBeginningOffsets(Map.of(ACCOUNTS, 0L));
    consumer.updateEndOffsets(Map.of(ACCOUNTS, 0L));
    return consumer;
  }

  private final class Reading extends MockConsumer<String, byte[]> {

    private long offset;

    Reading() {
      super("earliest");
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
      try {
        var next = stored.poll(50, TimeUnit.MILLISECONDS);
        if (next != null) {
          addRecord(kafka(next));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return super.poll(Duration.ZERO);
    }

    private ConsumerRecord<String, byte[]> kafka(DomainEventMessage<?> message) {
      var event = message.getPayload();
      var written =
          EventRecords.write(
              Topics.ACCOUNT_EVENTS,
              new Envelope<>(
                  message.getIdentifier(),
                  message.getAggregateIdentifier(),
                  message.getSequenceNumber(),
                  offset,
                  message.getTimestamp(),
                  Map.of(),
                  Wire.write(event)),
              event.getClass().getSimpleName(),
              EventTypes.revision(event.getClass()));
      return new ConsumerRecord<>(
          ACCOUNTS.topic(),
          0,
          offset++,
          0,
          TimestampType.CREATE_TIME,
          0,
          0,
          written.key(),
          written.value(),
          written.headers(),
          Optional.empty());
    }
  }
}
