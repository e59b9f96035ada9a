package dev.slipway.http;

import dev.slipway.runtime.KafkaLogins;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How the directory comes to the log of accounts. */
@FunctionalInterface
public interface AccountLog {

  /** A consumer of no group, that keeps no offsets. */
  Consumer<String, byte[]> consumer();

  static AccountLog of(String servers) {
    return () ->
        new KafkaConsumer<>(
            KafkaLogins.settings(
                servers,
                Map.of(
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    "slipway-directory",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    false,
                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    5_000,
                    ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    5_000,
                    ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    1_000)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }
}
