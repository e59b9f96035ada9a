package dev.slipway.command.messaging;

import dev.slipway.command.store.RecordLimits;
import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Creates the topics that are missing. One that exists keeps its settings, except the largest size
 * of a record, and how long lines of logs are kept.
 */
public final class TopicSetup {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Kafka must accept records of the producer's maximum size. */
  private static final Map<String, String> LARGEST_RECORD =
      Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES));

  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  private final KafkaClients kafka;
  private final int eventPartitions;
  private final KeptLines lines;
  private final RecordLimits limits;
  private volatile long lastRead;

  /**
   * How many lines of logs are kept.
   *
   * @param size of the texts together, in each partition
   */
  public record KeptLines(Duration age, DataSize size) {

    private static final long SEGMENT = 16 << 20;

    /** Whole files are dropped, so that one is small beside what is kept. */
    private Map<String, String> settings() {
      return Map.of(
          TopicConfig.RETENTION_MS_CONFIG,
          Long.toString(age.toMillis()),
          TopicConfig.RETENTION_BYTES_CONFIG,
          Long.toString(size.toBytes()),
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Long.toString(SEGMENT));
    }
  }

  /**
   * @param eventPartitions that events of services and of actions are spread over
   * @param limits learn what Kafka takes
   */
  public TopicSetup(KafkaClients kafka, int eventPartitions, KeptLines lines, RecordLimits limits) {
    this.kafka = kafka;
    this.eventPartitions = eventPartitions;
    this.lines = lines;
    this.limits = limits;
  }

  /**
   * @throws Exception if Kafka does not answer in time
   */
  public void createWhatIsMissing() throws Exception {
    try (var admin = kafka.admin()) {
      var created = admin.createTopics(Arrays.stream(Topics.values()).map(this::topic).toList());
      for (var result : List.copyOf(created.values().values())) {
        try {
          result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
          if (!(failure.getCause() instanceof TopicExistsException)) {
            throw failure;
          }
        }
      }
      readLimits(admin, changeSettings(admin));
    }
  }

  /** Learns from the topics as they are what Kafka takes, unless it did so within a minute. */
  public void readLimits() throws Exception {
    if (limits.areKnown() && System.nanoTime() - lastRead < BETWEEN_READS.toNanos()) {
      return;
    }
    try (var admin = kafka.admin()) {
      readLimits(admin, Set.of());
    }
  }

  /**
   * @param raised topics that take the largest records now: their settings show it a little later
   */
  private void readLimits(Admin admin, Set<String> raised) throws Exception {
    var bytes = new HashMap<String, Integer>();
    raised.forEach(topic -> bytes.put(topic, Topics.MAX_RECORD_BYTES));
    var asked =
        Arrays.stream(Topics.values())
            .map(Topics::topic)
            .filter(topic -> !raised.contains(topic))
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    for (var answer : admin.describeConfigs(asked).values().entrySet()) {
      try {
        var settings = answer.getValue().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        var most = settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
        bytes.put(answer.getKey().name(), Integer.parseInt(most));
      } catch (ExecutionException refused) {
        LOG.debug("Cannot read the settings of {}", answer.getKey().name(), refused);
      }
    }
    limits.learn(bytes);
    lastRead = System.nanoTime();
  }

  public RecordLimits limits() {
    return limits;
  }

  /**
   * Deletes topics with all that they have, and makes them again.
   *
   * @throws Exception if Kafka does not answer in time
   */
  public void makeAnew(Collection<Topics> topics) throws Exception {
    var names = topics.stream().map(Topics::topic).toList();
    try (var admin = kafka.admin()) {
      admin.deleteTopics(names).all().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      long begin = System.nanoTime();
      while (admin.listTopics().names().get(LONGEST.toSeconds(), TimeUnit.SECONDS).stream()
          .anyMatch(names::contains)) {
        if (System.nanoTime() - begin > LONGEST.toNanos()) {
          throw new IllegalStateException("Kafka does not delete %s".formatted(names));
        }
        Thread.sleep(PAUSE);
      }
    }
    createWhatIsMissing();
  }

  /**
   * Kafka may refuse changes: its own settings then remain.
   *
   * @return the topics that it has changed
   */
  private Set<String> changeSettings(Admin admin) throws Exception {
    var changed = new HashSet<String>();
    var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
    for (var topic : Topics.values()) {
      changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()), changes(topic));
    }
    for (var change : admin.incrementalAlterConfigs(changes).values().entrySet()) {
      try {
        change.getValue().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        changed.add(change.getKey().name());
      } catch (ExecutionException refused) {
        LOG.warn("Kafka refuses to change the settings of {}", change.getKey().name(), refused);
      }
    }
    return changed;
  }

  private List<AlterConfigOp> changes(Topics topic) {
    var settings = new HashMap<>(LARGEST_RECORD);
    if (topic == Topics.LOGS) {
      settings.putAll(lines.settings());
    }
    return settings.entrySet().stream()
        .map(one -> new ConfigEntry(one.getKey(), one.getValue()))
        .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
        .toList();
  }

  private NewTopic topic(Topics topic) {
    int partitions =
        switch (topic) {
          case SERVICE_EVENTS, ACTION_EVENTS -> eventPartitions;
          default -> topic.partitions();
        };
    return new NewTopic(topic.topic(), Optional.of(partitions), Optional.empty())
        .configs(settings(topic.kept()));
  }

  private static Map<String, String> settings(Topics.Kept kept) {
    return switch (kept) {
      case FOR_EVER -> Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
      case NEWEST ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_COMPACT,
              TopicConfig.SEGMENT_MS_CONFIG,
              "3600000");
      case SEVEN_DAYS ->
          Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(Duration.ofDays(7).toMillis()));
      case BRIEFLY ->
          Map.of(
              TopicConfig.RETENTION_MS_CONFIG,
              Long.toString(Duration.ofMinutes(10).toMillis()),
              TopicConfig.SEGMENT_MS_CONFIG,
              Long.toString(Duration.ofMinutes(10).toMillis()),
              TopicConfig.SEGMENT_BYTES_CONFIG,
              Integer.toString(16 << 20),
              TopicConfig.RETENTION_BYTES_CONFIG,
              Integer.toString(64 << 20));
    };
  }
}
