package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.messaging.TopicSetup.KeptLines;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.model.wire.StoredEvents;
import dev.slipway.model.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class TopicSetupTest {

  @TempDir Path folder;

  @Test
  void keepsLinesOfLogsAsLongAsTheSettingsSayAlsoInATopicThatIsThere() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
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

  @Test
  void limitsEventsToWhatTheTopicsTake() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder, 0)) {
      var clients = new KafkaClients(kafka.bootstrapServers());
      var limits = new RecordLimits();
      var lines = new KeptLines(Duration.ofDays(1), DataSize.ofMegabytes(64));
      new TopicSetup(clients, 8, lines, limits).createWhatIsMissing();
      await().until(() -> largestRecord(clients) == Topics.MAX_RECORD_BYTES);
      assertThat(limits.largestEvent()).isEqualTo(StoredEvents.MAX_BYTES);
      set(clients, Topics.ASSIGNMENTS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "300000");
      await().until(() -> largestRecord(clients) == 300_000);
    }
  }

  /** As a process learns it that does not publish. */
  private static int largestRecord(KafkaClients clients) throws Exception {
    var limits = new RecordLimits();
    var lines = new KeptLines(Duration.ofDays(1), DataSize.ofMegabytes(64));
    new TopicSetup(clients, 8, lines, limits).readLimits();
    assertThat(limits.areKnown()).isTrue();
    assertThat(limits.largestEvent()).isLessThan(limits.of(Topics.ASSIGNMENTS.topic()) / 2);
    return limits.of(Topics.ASSIGNMENTS.topic());
  }

  private static void set(KafkaClients clients, Topics topic, String name, String value)
      throws Exception {
    var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topic());
    try (var admin = clients.admin()) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }
  }

  private static void keep(KafkaClients clients, Duration age, long megabytes) throws Exception {
    new TopicSetup(
            clients, 8, new KeptLines(age, DataSize.ofMegabytes(megabytes)), new RecordLimits())
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
