package dev.slipway.query.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.ParkedRecords.Parked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** How one loop is doing: written by its thread, read by everybody. */
final class ProjectionStatus {

  /** A view that lags by more records is not ready until it lags by fewer than the second. */
  private static final long FAR_BEHIND_RECORDS = 10_000;

  private static final long CLOSE_BEHIND_RECORDS = 1_000;

  private final Map<String, LongAdder> applied = new ConcurrentHashMap<>();
  private final Map<String, Long> lag = new ConcurrentHashMap<>();
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
  private final Map<String, String> stopped = new ConcurrentHashMap<>();
  private volatile Set<TopicPartition> own = Set.of();
  private volatile List<Parked> parked = List.of();
  private volatile boolean built;
  private volatile boolean farBehind;
  private volatile int percent;
  private volatile @Nullable String trouble = "it has not begun";

  ProjectionStatus(Collection<String> topics) {
    topics.forEach(
        topic -> {
          applied.put(topic, new LongAdder());
          lag.put(topic, 0L);
        });
  }

  Set<String> topics() {
    return applied.keySet();
  }

  void reads(Set<TopicPartition> assigned, Map<String, Integer> partitionCounts) {
    own = Set.copyOf(assigned);
    partitions.putAll(partitionCounts);
  }

  Set<TopicPartition> partitions() {
    return own;
  }

  void building(int percent) {
    this.percent = percent;
    this.built = false;
  }

  void built() {
    this.percent = 100;
    this.built = true;
  }

  void inTrouble(String trouble) {
    this.trouble = trouble;
  }

  void works() {
    this.trouble = null;
  }

  void stopped(TopicPartition partition, String reason) {
    stopped.put(partition.toString(), reason);
  }

  void parked(List<Parked> now) {
    parked = List.copyOf(now);
  }

  List<Parked> parked() {
    return parked;
  }

  void beginsAnew() {
    stopped.clear();
    parked = List.of();
  }

  void applied(String topic, int count) {
    adder(topic).add(count);
  }

  /**
   * Notes the lag of a topic. Kafka may grow faster than views are built: while it is filled anew,
   * they are built from what it has at first, and still lack most of the log.
   */
  void lag(String topic, long records) {
    lag.put(topic, records);
    long events =
        lag.entrySet().stream()
            .filter(one -> !one.getKey().equals(Topics.LOGS.topic()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    farBehind = events > (farBehind ? CLOSE_BEHIND_RECORDS : FAR_BEHIND_RECORDS);
  }

  /** How many partitions and subjects wait behind a record that cannot be applied. */
  int waiting() {
    return stopped.size() + parked.size();
  }

  boolean isBuilt() {
    return built;
  }

  int percent() {
    return percent;
  }

  boolean isReady() {
    return built && !farBehind && trouble == null && stopped.isEmpty();
  }

  /** Whether the loop reads the partition that records with this key are in. */
  boolean owns(String topic, String key) {
    var count = partitions.get(topic);
    return count != null
        && own.contains(
            new TopicPartition(
                topic, Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count));
  }

  long appliedRecords(String topic) {
    return adder(topic).sum();
  }

  long lag(String topic) {
    return lag.getOrDefault(topic, 0L);
  }

  /** Not a number while nothing is read of the topic, or not all of it. */
  double knownLag(String topic) {
    boolean isRead =
        trouble == null && stopped.keySet().stream().noneMatch(p -> p.startsWith(topic));
    return isRead ? lag(topic) : Double.NaN;
  }

  private LongAdder adder(String topic) {
    return applied.computeIfAbsent(topic, _ -> new LongAdder());
  }

  /** For people, in the health of the process. */
  Map<String, Object> describe() {
    var words = new TreeMap<String, Object>();
    words.put("state", state());
    words.put("lag", knownLags());
    if (!parked.isEmpty()) {
      words.put("parked", parked.stream().map(ProjectionStatus::describe).toList());
    }
    if (!stopped.isEmpty()) {
      words.put("stopped", new TreeMap<>(stopped));
    }
    return words;
  }

  private Map<String, Object> knownLags() {
    var known = new TreeMap<String, Object>();
    topics()
        .forEach(
            topic -> {
              double records = knownLag(topic);
              known.put(topic, Double.isNaN(records) ? "unknown" : (Object) (long) records);
            });
    return known;
  }

  private static Map<String, Object> describe(Parked one) {
    return Map.of(
        "subject", one.subject(),
        "position", one.position(),
        "partition", one.partition().toString(),
        "offset", one.offset(),
        "reason", one.reason());
  }

  private String state() {
    var trouble = this.trouble;
    if (trouble != null) {
      return "in trouble: " + trouble;
    }
    if (!built) {
      return "being built: " + percent + " %";
    }
    return farBehind ? "far behind" : "live";
  }
}
