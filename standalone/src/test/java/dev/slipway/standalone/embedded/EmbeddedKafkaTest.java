package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.runtime.KafkaLogins;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  private static final String TOPIC = "letters";

  @TempDir Path folder;

  @Test
  void keepsRecordsOffsetsAndItsIdentityOverARestartOnOtherPorts() throws Exception {
    String cluster;
    String address;
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      address = kafka.bootstrapServers();
      cluster = cluster(kafka);
      create(kafka);
      send(kafka, "a", "b");
      assertThat(read(kafka, "readers", 2)).containsExactly("a", "b");
    }
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      assertThat(kafka.bootstrapServers()).isNotEqualTo(address);
      assertThat(cluster(kafka)).isEqualTo(cluster);
      send(kafka, "c");
      assertThat(read(kafka, "readers", 1)).containsExactly("c");
      assertThat(read(kafka, "others", 3)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void saysThatItEndsTheProcessWhereItCannotGoOn() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var child =
            ChildProcess.run(
                KafkaWithController.class,
                folder.toString(),
                Integer.toString(taken.getLocalPort()))) {
      child.awaitLine("Kafka cannot go on and ends the process");
      assertThat(child.awaitExit()).isNotZero();
    }
  }

  @Test
  void losesNoAcknowledgedRecordWhenItIsKilled() throws Exception {
    var killed = ChildProcess.run(KafkaToBeKilled.class, folder.toString());
    killed.awaitLine("sent");
    killed.kill();

    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      assertThat(read(kafka, "readers", 2)).containsExactly("a", "b");
      send(kafka, "c");
      assertThat(read(kafka, "readers", 1)).containsExactly("c");
    }
  }

  @Test
  void keepsTheRecordsOfABrokerThatLetEverybodyIn() throws Exception {
    var open = openSettings(folder.resolve("kafka"));
    KafkaStorage.formatIfNew(folder.resolve("kafka"), open);
    var server =
        new kafka.server.KafkaRaftServer(
            new kafka.server.KafkaConfig(open, false), org.apache.kafka.common.utils.Time.SYSTEM);
    server.startup();
    create(open.getProperty("listeners").replaceFirst("PLAINTEXT://(.*?),.*", "$1"));
    server.shutdown();
    server.awaitShutdown();

    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
      send(kafka, "a");
      assertThat(read(kafka, "readers", 1)).containsExactly("a");
    }
  }

  /** As earlier versions had them. */
  private static java.util.Properties openSettings(Path kafka) throws Exception {
    var settings = new java.util.Properties();
    try (var common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
      settings.load(common);
    }
    var controller = "127.0.0.1:" + FreePort.find();
    settings.put("log.dirs", kafka.toString());
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://%s".formatted(FreePort.find(), controller));
    settings.put("controller.quorum.voters", "1@" + controller);
    return settings;
  }

  @Test
  void makesNoTopicThatWasNotAskedFor() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var admin = admin(kafka)) {
      assertThat(
              admin
                  .describeConfigs(List.of(broker()))
                  .all()
                  .get()
                  .get(broker())
                  .get("auto.create.topics.enable")
                  .value())
          .isEqualTo("false");
    }
  }

  /** Sends two records and waits for its end. */
  static final class KafkaToBeKilled {

    static void main(String[] args) throws Exception {
      var kafka = EmbeddedKafka.start(Path.of(args[0]).resolve("kafka"), 0);
      create(kafka);
      send(kafka, "a", "b");
      ChildProcess.sayAndWait("sent");
    }
  }

  static final class KafkaWithController {

    static void main(String[] args) {
      var _ =
          EmbeddedKafka.start(
              Path.of(args[0]).resolve("kafka"), FreePort.find(), Integer.parseInt(args[1]));
    }
  }

  private static org.apache.kafka.common.config.ConfigResource broker() {
    return new org.apache.kafka.common.config.ConfigResource(
        org.apache.kafka.common.config.ConfigResource.Type.BROKER, "1");
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(KafkaLogins.settings(kafka.bootstrapServers(), Map.of()));
  }

  private static String cluster(EmbeddedKafka kafka) throws Exception {
    try (var admin = admin(kafka)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void create(EmbeddedKafka kafka) throws Exception {
    create(kafka.bootstrapServers());
  }

  private static void create(String servers) throws Exception {
    try (var admin = Admin.create(KafkaLogins.settings(servers, Map.of()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void send(EmbeddedKafka kafka, String... values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            KafkaLogins.settings(kafka.bootstrapServers(), Map.of("acks", "all")),
            new StringSerializer(),
            new StringSerializer())) {
      for (var value : values) {
        producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
      }
    }
  }

  private static List<String> read(EmbeddedKafka kafka, String group, int count) {
    try (var consumer =
        new KafkaConsumer<>(
            KafkaLogins.settings(
                kafka.bootstrapServers(),
                Map.of(
                    "group.id",
                    group,
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest")),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      var values = new ArrayList<String>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).records(new TopicPartition(TOPIC, 0)).stream()
                    .map(ConsumerRecord::value)
                    .forEach(values::add);
                return values.size() >= count;
              });
      consumer.commitSync();
      return values;
    }
  }
}
