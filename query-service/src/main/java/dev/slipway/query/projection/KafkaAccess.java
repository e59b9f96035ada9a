package dev.slipway.query.projection;

import dev.slipway.runtime.KafkaLogins;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How projections come to the log. */
public interface KafkaAccess {

  /** A consumer that keeps no offsets of its own. */
  Consumer<String, byte[]> consumer(String name);

  /** The ids that topics were given when they were made: a topic made anew has another. */
  Map<String, String> topicIds(Collection<String> topics);

  /**
   * @param group instances of one group share the partitions; without, each reads all
   */
  static KafkaAccess to(String servers, String group) {
    return new KafkaAccess() {
      @Override
      public Consumer<String, byte[]> consumer(String name) {
        return new KafkaConsumer<>(
            consumerSettings(servers, group, name),
            new StringDeserializer(),
            new ByteArrayDeserializer());
      }

      @Override
      public Map<String, String> topicIds(Collection<String> topics) {
        return readTopicIds(servers, topics);
      }
    };
  }

  private static Map<String, Object> consumerSettings(String servers, String group, String name) {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "slipway-query-" + name);
    if (!group.isBlank()) {
      settings.put(ConsumerConfig.GROUP_ID_CONFIG, group + "-" + name);
    }
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords(name));
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return KafkaLogins.settings(servers, settings);
  }

  /** A record of lines may hold as much as hundreds of others. */
  private static int mostRecords(String name) {
    return name.equals("logs") ? 200 : 2_000;
  }

  private static Map<String, String> readTopicIds(String servers, Collection<String> topics) {
    try (var admin = Admin.create(KafkaLogins.settings(servers, Map.of()))) {
      return admin
          .describeTopics(topics)
          .allTopicNames()
          .get(10, TimeUnit.SECONDS)
          .values()
          .stream()
          .collect(Collectors.toMap(topic -> topic.name(), topic -> topic.topicId().toString()));
    } catch (ExecutionException | TimeoutException failure) {
      throw new IllegalStateException("Kafka does not tell of its topics", failure);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
