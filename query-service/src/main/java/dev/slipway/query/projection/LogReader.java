package dev.slipway.query.projection;

import com.mongodb.MongoException;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.projection.Projection.Message;
import dev.slipway.query.projection.Projection.Unreadable;
import dev.slipway.query.projection.ProjectionLoop.BackOff;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what one consumer reads to the projections, and keeps the offsets behind the writes. */
final class LogReader {

  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

  /** A failure that is not the store's and repeats so often is one of the records. */
  private static final int MAX_ATTEMPTS = 4;

  private final Consumer<String, byte[]> consumer;
  private final List<Projection<?>> projections;
  private final ProjectionStatus status;
  private final CountDownLatch stopping;
  private final ReadPartitions partitions;
  private final NextRecords next;
  private final KafkaPulse pulse;
  private final FollowedCopy copy;
  private final ParkedRecords parked;

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
    this.parked = new ParkedRecords(status);
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
      parked.holdBack(done);
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
    var messages = messages(projection, records);
    int count = messages.size();
    int attempts = 0;
    while (!messages.isEmpty()) {
      try {
        projection.apply(messages);
        status.works();
        status.applied(projection.topic().topic(), count);
        return;
      } catch (EventsMissing missing) {
        messages = without(missing, projection, messages, done);
      } catch (MongoException storeFails) {
        retryLater(projection, storeFails, backOff);
      } catch (RuntimeException failure) {
        if (++attempts == MAX_ATTEMPTS) {
          messages = onlyApplicable(projection, messages);
        } else {
          retryLater(projection, failure, backOff);
        }
      }
    }
  }

  private void retryLater(Projection<?> projection, RuntimeException failure, BackOff backOff) {
    status.inTrouble(String.valueOf(failure.getMessage()));
    backOff.log(LOG, "applying records of " + projection.topic().topic(), failure);
    backOff.pause();
  }

  /** Reads a partition again if its events are not missing in the log itself. */
  private <M> List<Message<M>> without(
      EventsMissing missing,
      Projection<M> projection,
      List<Message<M>> messages,
      Map<TopicPartition, Long> done) {
    var topic = projection.topic().topic();
    var partition = new TopicPartition(topic, missing.partition());
    if (partitions.wasReadAgain(partition, missing)
        && parked.park(topic, missing.message(), String.valueOf(missing.getMessage()))) {
      return messages.stream().filter(message -> !parked.isBehind(topic, message)).toList();
    }
    done.remove(partition);
    partitions.missing(partition, missing);
    return messages.stream().filter(m -> m.partition() != missing.partition()).toList();
  }

  /**
   * Applies the messages of each subject by themselves and parks the subjects for which that fails.
   * The rest comes back, to be applied together.
   */
  private <M> List<Message<M>> onlyApplicable(Projection<M> projection, List<Message<M>> messages) {
    var topic = projection.topic().topic();
    for (var ofSubject : bySubject(messages)) {
      try {
        projection.apply(ofSubject);
      } catch (EventsMissing | MongoException later) {
        LOG.debug("Met again when all are applied", later);
      } catch (RuntimeException failure) {
        var reason = "it cannot be applied: " + failure.getClass().getSimpleName();
        LOG.warn("Events of {} cannot be applied", topic, failure);
        boolean _ = parked.park(topic, firstFailing(projection, ofSubject), reason);
      }
    }
    return messages.stream().filter(message -> !parked.isBehind(topic, message)).toList();
  }

  private static <M> Collection<List<Message<M>>> bySubject(List<Message<M>> messages) {
    return messages.stream()
        .collect(
            Collectors.groupingBy(
                message ->
                    message.value() instanceof Envelope<?> envelope ? envelope.subject() : "",
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private static <M> Message<M> firstFailing(Projection<M> projection, List<Message<M>> messages) {
    for (var message : messages) {
      try {
        projection.apply(List.of(message));
      } catch (EventsMissing | RuntimeException failing) {
        return message;
      }
    }
    return messages.getLast();
  }

  private <M> List<Message<M>> messages(
      Projection<M> projection, ConsumerRecords<String, byte[]> records) {
    var messages = new ArrayList<Message<M>>();
    for (var kafka : records.records(projection.topic().topic())) {
      var partition = new TopicPartition(kafka.topic(), kafka.partition());
      if (copy.isOutdated(kafka)) {
        continue;
      }
      try {
        var message = new Message<>(kafka.partition(), kafka.offset(), projection.read(kafka));
        if (!parked.holds(kafka.topic(), message)) {
          messages.add(message);
        }
      } catch (RuntimeException unreadable) {
        if (projection.unreadable() == Unreadable.STOPS) {
          parked.park(kafka, "its record cannot be read: " + unreadable.getMessage());
        } else {
          LOG.warn("Record {} of {} can not be read: passed over", kafka.offset(), partition);
        }
      }
    }
    return messages;
  }
}
