package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.messaging.TopicSetup.KeptLines;
import dev.slipway.model.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class TopicSetupTest {

  @TempDir Path folder;

  @Test
  void keepsLinesOfLogsAsLongAsTheSettingsSayAlsoInATopicThatIsThere() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder, 0)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      for (int hours = 2; hours >= 1; hours--) {
        keep(clients, Duration.ofHours(hours), 64L * hours);
        var age = Long.toString(hours * 3_600_000L);
        var size = Long.toString(hours * (64L << 20));
        await()
            .untilAsserted(
                () -> {
                  assertThat(setting(clients, Topics.LOGS, "retention.ms")).isEqualTo(age);
                  assertThat(setting(clients, Topics.LOGS, "retention.bytes")).isEqualTo(size);
                });
      }
      assertThat(setting(clients, Topics.SERVICE_EVENTS, "retention.ms")).isEqualTo("-1");
    }
  }

  private static void keep(KafkaClients clients, Duration age, long megabytes) throws Exception {
    new TopicSetup(clients, 8, new KeptLines(age, DataSize.ofMegabytes(megabytes)))
        .createWhatIsMissing();
  }

  private static String setting(KafkaClients clients, Topics topic, String name) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topic());
    try (var admin = clients.admin()) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return config.get(name).value();
    }
  }
}
