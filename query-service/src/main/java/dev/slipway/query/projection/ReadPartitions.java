package dev.slipway.query.projection;

import dev.slipway.runtime.TopicMissing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that a consumer reads: where each stands, and where it stood when it was taken.
 */
final class ReadPartitions implements ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(ReadPartitions.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long SAVE_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(3);

  private final Consumer<String, byte[]> consumer;
  private final ProjectionLoop.Surroundings surroundings;
  private final ProjectionStatus status;
  private final Function<String, Newest> newest;
  private final Map<TopicPartition, PartitionProgress> progress = new HashMap<>();
  private final Map<TopicPartition, Long> unsaved = new HashMap<>();
  private Map<String, String> topicIds = Map.of();
  private boolean assigned;
  private long lastSaved = System.nanoTime();
  private long lastLogged = System.nanoTime();

  ReadPartitions(
      Consumer<String, byte[]> consumer,
      ProjectionLoop.Surroundings surroundings,
      ProjectionStatus status,
      Function<String, Newest> newest) {
    this.consumer = consumer;
    this.surroundings = surroundings;
    this.status = status;
    this.newest = newest;
  }

  /** Takes all partitions of the topics, or with other instances a share of them. */
  void take() {
    var all =
        status.topics().stream().collect(Collectors.toMap(topic -> topic, this::partitionsOf));
    topicIds = surroundings.kafka().topicIds(status.topics());
    status.reads(
        Set.of(),
        all.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().size())));
    if (surroundings.shared()) {
      consumer.subscribe(status.topics(), this);
    } else {
      var partitions = all.values().stream().flatMap(List::stream).toList();
      consumer.assign(partitions);
      onPartitionsAssigned(partitions);
    }
  }

  private List<TopicPartition> partitionsOf(String topic) {
    var found = consumer.partitionsFor(topic, PATIENCE);
    if (found == null || found.isEmpty()) {
      throw new TopicMissing(topic);
    }
    return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> taken) {
    var stored = surroundings.offsets().load(taken, topicIds);
    var beginnings = consumer.beginningOffsets(taken, PATIENCE);
    var ends = consumer.endOffsets(taken, PATIENCE);
    var worthReading = Beginnings.of(consumer, ends, newest, System.currentTimeMillis());
    for (var partition : taken) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      long from = stored.getOrDefault(partition, worthReading.getOrDefault(partition, beginning));
      boolean inLog = from >= beginning && from <= end;
      long start = inLog ? from : beginning;
      consumer.seek(partition, start);
      progress.put(partition, new PartitionProgress(start, end, false));
      if (end > start && !stored.containsKey(partition)) {
        status.building(0);
      }
    }
    assigned = true;
    status.reads(progress.keySet(), Map.of());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> lost) {
    saveOffsets();
    onPartitionsLost(lost);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> lost) {
    progress.keySet().removeAll(lost);
    unsaved.keySet().removeAll(lost);
    status.reads(progress.keySet(), Map.of());
  }

  /** Reads these from their beginning: what is in the views already changes nothing. */
  void readAgain(Collection<TopicPartition> again) {
    var beginnings = consumer.beginningOffsets(again, PATIENCE);
    var ends = consumer.endOffsets(again, PATIENCE);
    for (var partition : again) {
      long start = beginnings.getOrDefault(partition, 0L);
      consumer.seek(partition, start);
      progress.put(partition, new PartitionProgress(start, ends.getOrDefault(partition, 0L), true));
      unsaved.remove(partition);
    }
    status.building(0);
  }

  /** Whether events are missing in the log itself: the partition was read from its beginning. */
  boolean wasReadAgain(TopicPartition partition, EventsMissing missing) {
    var was = progress.get(partition);
    return was != null && was.again() && !was.isDone(missing.offset());
  }

  /** Events that are in no view may stand earlier in the log; if not, nothing helps. */
  void missing(TopicPartition partition, EventsMissing missing) {
    if (wasReadAgain(partition, missing)) {
      stop(partition, String.valueOf(missing.getMessage()));
    } else {
      LOG.error("{}; {} is read again from its beginning", missing.getMessage(), partition);
      readAgain(List.of(partition));
    }
  }

  /** Reads no further, and says so, rather than leave anything out. */
  void stop(TopicPartition partition, String reason) {
    LOG.error("{} stops: {}", partition, reason);
    consumer.pause(List.of(partition));
    status.stopped(partition, reason);
    var was = progress.get(partition);
    if (was != null) {
      progress.put(partition, new PartitionProgress(was.start(), was.start(), was.again()));
    }
  }

  /** Where these are read next; a poll may have taken some of them away from this consumer. */
  Map<TopicPartition, Long> positions(Collection<TopicPartition> read) {
    var positions = new HashMap<TopicPartition, Long>();
    read.stream()
        .filter(consumer.assignment()::contains)
        .forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  /** How many records that the log had when reading began are left, of partitions with any. */
  Map<TopicPartition, Long> ahead() {
    if (status.isBuilt()) {
      return Map.of();
    }
    var left = new HashMap<TopicPartition, Long>();
    progress.forEach(
        (partition, read) -> left.put(partition, read.left(consumer.position(partition))));
    left.values().removeIf(records -> records == 0);
    return left;
  }

  /** All before these offsets is in the views. */
  void done(Map<TopicPartition, Long> next) {
    unsaved.putAll(next);
  }

  void watch(boolean idle) {
    long now = System.nanoTime();
    if (!unsaved.isEmpty() && (idle || now - lastSaved > SAVE_EVERY_NS)) {
      saveOffsets();
      measureLag();
    }
    if (assigned && !status.isBuilt()) {
      measureProgress(now);
    }
  }

  void saveOffsets() {
    surroundings.offsets().store(unsaved, topicIds);
    unsaved.clear();
    lastSaved = System.nanoTime();
  }

  private void measureLag() {
    for (var topic : status.topics()) {
      status.lag(
          topic,
          progress.keySet().stream()
              .filter(partition -> partition.topic().equals(topic))
              .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
              .sum());
    }
  }

  private void measureProgress(long now) {
    long whole = 0;
    long done = 0;
    boolean all = true;
    for (var entry : progress.entrySet()) {
      long position = consumer.position(entry.getKey());
      whole += entry.getValue().whole();
      done += entry.getValue().done(position);
      all &= entry.getValue().isDone(position);
    }
    if (all) {
      status.built();
      LOG.info("{}: built from {} records", status.topics(), whole);
      return;
    }
    status.building((int) (100 * done / Math.max(1, whole)));
    if (now - lastLogged > LOG_EVERY_NS) {
      lastLogged = now;
      LOG.info("{}: being built, {} % of {} records", status.topics(), status.percent(), whole);
    }
  }
}
