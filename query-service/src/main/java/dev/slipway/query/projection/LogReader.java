package dev.slipway.query.projection;

import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Projection.Unreadable;
import dev.slipway.query.projection.ProjectionLoop.BackOff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what one consumer reads to the projections, and keeps the offsets behind the writes. */
final class LogReader {

  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

  private final Consumer<String, byte[]> consumer;
  private final List<Projection<?>> projections;
  private final ProjectionStatus status;
  private final CountDownLatch stopping;
  private final ReadPartitions partitions;
  private final NextRecords next;
  private final KafkaPulse pulse;
  private final FollowedCopy copy;

  LogReader(
      String loop,
      Consumer<String, byte[]> consumer,
      List<Projection<?>> projections,
      ProjectionLoop.Surroundings surroundings,
      ProjectionStatus status,
      CountDownLatch stopping) {
    this.consumer = consumer;
    this.projections = projections;
    this.status = status;
    this.stopping = stopping;
    this.partitions = new ReadPartitions(consumer, surroundings, status, this::newest);
    this.next = new NextRecords(consumer, partitions::ahead);
    this.pulse = new KafkaPulse(consumer, status);
    this.copy = new FollowedCopy(loop, surroundings.offsets());
  }

  private Newest newest(String topic) {
    return projections.stream()
        .filter(projection -> projection.topic().topic().equals(topic))
        .map(Projection::newest)
        .findFirst()
        .orElse(Newest.ALL);
  }

  void read(BackOff backOff) {
    projections.forEach(Projection::prepare);
    partitions.take();
    status.works();
    while (stopping.getCount() > 0) {
      turn(backOff);
    }
  }

  private void turn(BackOff backOff) {
    ConsumerRecords<String, byte[]> records;
    try {
      records = next.poll();
    } catch (OffsetOutOfRangeException outOfRange) {
      LOG.warn("What was to be read next is not in the log: {}", outOfRange.getMessage());
      partitions.readAgain(outOfRange.partitions());
      return;
    }
    if (records.isEmpty()) {
      pulse.feel();
    } else {
      copy.check(records);
      var done = partitions.positions(records.partitions());
      for (var projection : projections) {
        apply(projection, records, done, backOff);
      }
      pulse.felt();
      partitions.done(done);
      backOff.reset();
    }
    partitions.watch(records.isEmpty());
  }

  private <M> void apply(
      Projection<M> projection,
      ConsumerRecords<String, byte[]> records,
      Map<TopicPartition, Long> done,
      BackOff backOff) {
    var messages = messages(projection, records, done);
    int count = messages.size();
    while (!messages.isEmpty()) {
      try {
        projection.apply(messages);
        status.works();
        status.applied(projection.topic().topic(), count);
        return;
      } catch (EventsMissing missing) {
        var partition = new TopicPartition(projection.topic().topic(), missing.partition());
        done.remove(partition);
        partitions.missing(partition, missing);
        messages = messages.stream().filter(m -> m.partition() != missing.partition()).toList();
      } catch (RuntimeException failure) {
        status.inTrouble(String.valueOf(failure.getMessage()));
        backOff.log(LOG, "applying records of " + projection.topic().topic(), failure);
        backOff.pause();
      }
    }
  }

  private <M> List<Message<M>> messages(
      Projection<M> projection,
      ConsumerRecords<String, byte[]> records,
      Map<TopicPartition, Long> done) {
    var messages = new ArrayList<Message<M>>();
    var stopped = new HashSet<TopicPartition>();
    for (var kafka : records.records(projection.topic().topic())) {
      var partition = new TopicPartition(kafka.topic(), kafka.partition());
      if (stopped.contains(partition) || copy.isOutdated(kafka)) {
        continue;
      }
      try {
        messages.add(new Message<>(kafka.partition(), kafka.offset(), projection.read(kafka)));
      } catch (RuntimeException unreadable) {
        if (projection.unreadable() == Unreadable.STOPS) {
          stopped.add(partition);
          done.put(partition, kafka.offset());
          partitions.stop(
              partition,
              "record %d can not be read: %s".formatted(kafka.offset(), unreadable.getMessage()));
        } else {
          LOG.warn("Record {} of {} can not be read: passed over", kafka.offset(), partition);
        }
      }
    }
    return messages;
  }
}
