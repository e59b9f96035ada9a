package dev.slipway.command.messaging;

import dev.slipway.model.wire.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Sees to it that every topic is there. One that exists keeps its settings. */
public final class TopicSetup {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final KafkaClients kafka;
  private final int eventPartitions;

  /**
   * @param eventPartitions that events of services and of actions are spread over
   */
  public TopicSetup(KafkaClients kafka, int eventPartitions) {
    this.kafka = kafka;
    this.eventPartitions = eventPartitions;
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
    }
  }

  private NewTopic topic(Topics topic) {
    int partitions =
        switch (topic) {
          case SERVICE_EVENTS, ACTION_EVENTS -> eventPartitions;
          default -> topic.partitions();
        };
    return new NewTopic(topic.topic(), Optional.of(partitions), Optional.empty())
        .configs(
            switch (topic.kept()) {
              case FOR_EVER -> Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
              case NEWEST ->
                  Map.of(
                      TopicConfig.CLEANUP_POLICY_CONFIG,
                      TopicConfig.CLEANUP_POLICY_COMPACT,
                      TopicConfig.SEGMENT_MS_CONFIG,
                      "3600000");
              case SEVEN_DAYS ->
                  Map.of(
                      TopicConfig.RETENTION_MS_CONFIG,
                      Long.toString(Duration.ofDays(7).toMillis()));
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
            });
  }
}
