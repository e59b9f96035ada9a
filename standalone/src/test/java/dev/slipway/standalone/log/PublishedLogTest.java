package dev.slipway.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.messaging.TopicSetup.KeptLines;
import dev.slipway.command.publishing.AssignmentFold;
import dev.slipway.command.publishing.ContainerEnvironment;
import dev.slipway.command.publishing.LogRepair;
import dev.slipway.command.publishing.ParkedSubjects;
import dev.slipway.command.publishing.ParkedSubjects.Parked;
import dev.slipway.command.publishing.Publisher;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** What Kafka has of the log after either of Kafka and PostgreSQL was lost, damaged or restored. */
class PublishedLogTest {

  @TempDir static Path folder;

  private static EmbeddedKafka kafka;
  private static EmbeddedPostgres postgres;
  private static KafkaClients clients;
  private static TopicSetup topics;
  private static DataSource database;
  private static ParkedSubjects parked;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    postgres = EmbeddedPostgres.builder().start();
    clients = new KafkaClients(kafka.bootstrapServers());
    topics =
        new TopicSetup(
            clients,
            2,
            new KeptLines(Duration.ofDays(1), DataSize.ofMegabytes(64)),
            new RecordLimits());
    database = postgres.getPostgresDatabase();
    parked = new ParkedSubjects(new JdbcTemplate(database));
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
    postgres.close();
  }

  /** A new installation, and a Kafka that has nothing. */
  @BeforeEach
  void begin() throws Exception {
    var flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("classpath:db/slipway")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    topics.createWhatIsMissing();
    topics.makeAnew(List.of(Topics.values()));
  }

  private static void sql(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Stores events of many actions and of one stack, one transaction each. */
  private static void store(int first, int last) throws SQLException {
    for (int number = first; number <= last; number++) {
      if (number % 10 == 0) {
        store(number, "stack", number / 10, "Stack", "StackRenamed", "{\"stackId\":\"stack\"}");
      } else {
        var action = "action-" + number;
        var event = "{\"actionId\":\"%s\"}".formatted(action);
        store(number, action, 0, "Action", "ActionBegun", event);
      }
    }
  }

  private static void store(
      int number, String subject, int sequence, String aggregate, String type, String event)
      throws SQLException {
    sql(
        """
        INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,
          time_stamp, payload_type, payload_revision, payload, meta_data)
        VALUES ('event-%d-' || gen_random_uuid(), '%s', %d, '%s', '2026-01-01T00:00:00Z', '%s',
          '1', '%s', '{}')\
        """
            .formatted(number, subject, sequence, aggregate, type, event));
  }

  private static Publisher publisher() {
    return new Publisher(
        database,
        clients,
        new AssignmentFold(
            new ContainerEnvironment(new Addressing("localhost"), "http://localhost"),
            _ -> Policy.ALLOWING),
        parked,
        () -> false);
  }

  /** Runs a publisher until all is published, and stops it. */
  private static void publish() throws Exception {
    publish(publisher());
  }

  private static void publish(Publisher publisher) throws Exception {
    var worker =
        new BackgroundTask(
            "publisher",
            one -> {
              topics.createWhatIsMissing();
              publisher.publish(one, topics);
            });
    worker.start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  publisher.progress().percent() == 100
                      && value("SELECT position FROM published")
                          .equals(value("SELECT count(*) FROM events")));
    } finally {
      worker.stop();
    }
  }

  /** The stamps of all events in Kafka, by position. */
  private static List<LogStamp> published() {
    return records(Topics.ACTION_EVENTS, Topics.STACK_EVENTS).stream()
        .map(kafka -> LogStamp.read(kafka.headers()).orElseThrow())
        .sorted((one, other) -> Long.compare(one.position(), other.position()))
        .toList();
  }

  private static List<ConsumerRecord<String, byte[]>> records(Topics... topics) {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer = clients.consumer()) {
      var partitions =
          Stream.of(topics)
              .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
              .map(one -> new TopicPartition(one.topic(), one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static void hasEachOnce(long last) {
    assertThat(published())
        .extracting(LogStamp::position)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  private static void delete(Topics topic) throws Exception {
    try (var admin = clients.admin()) {
      admin.deleteTopics(List.of(topic.topic())).all().get();
    }
  }

  @Test
  void sendsNothingTwiceIfNothingIsMissing() throws Exception {
    store(1, 30);
    publish();
    sql("UPDATE published SET tx = '0', global_index = 0, position = 0");
    store(31, 40);
    publish();
    hasEachOnce(40);
    assertThat(published()).extracting(LogStamp::epoch).containsOnly(1);
    assertThat(published().getFirst().term().number()).isEqualTo(1);
    assertThat(published().getLast().term().number()).isEqualTo(2);
  }

  @Test
  void fillsAnEmptiedKafkaAgain() throws Exception {
    store(1, 30);
    publish();
    topics.makeAnew(List.of(Topics.values()));
    publish();
    hasEachOnce(30);
    assertThat(published()).extracting(LogStamp::epoch).containsOnly(2);
  }

  @Test
  void sendsWhatOneTopicHasLost() throws Exception {
    store(1, 30);
    publish();
    delete(Topics.STACK_EVENTS);
    publish();
    hasEachOnce(30);
    assertThat(published()).extracting(LogStamp::epoch).containsOnly(1);
  }

  @Test
  void noticesWhilePublishingThatATopicIsLost() throws Exception {
    store(1, 30);
    var publisher = publisher();
    publish(publisher);
    var worker =
        new BackgroundTask(
            "publisher",
            one -> {
              topics.createWhatIsMissing();
              publisher.publish(one, topics);
            });
    worker.start();
    try {
      store(31, 40);
      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> hasEachOnce(40));
      delete(Topics.STACK_EVENTS);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> hasEachOnce(40));
    } finally {
      worker.stop();
    }
  }

  @Test
  void makesKafkaAnewIfItHasEventsThatPostgresqlDoesNotHave() throws Exception {
    store(1, 20);
    publish();
    store(21, 30);
    publish();
    sql("DELETE FROM events WHERE global_index > 20");
    sql(
        "UPDATE published SET position = 20, partitions = '{}', (tx, global_index) ="
            + " (SELECT tx, global_index FROM events ORDER BY tx DESC, global_index DESC LIMIT 1)");
    store(21, 35);
    publish();
    hasEachOnce(35);
    assertThat(published()).extracting(LogStamp::epoch).containsOnly(2);
  }

  /**
   * A server that restored the log from a dump draws lower transaction numbers than the old one.
   */
  @Test
  void goesOnInOrderAfterItWasRestoredIntoAnotherServer() throws Exception {
    store(1, 20);
    publish();
    sql("UPDATE events SET tx = ((tx::text::bigint + 1000000)::text)::xid8");
    sql("UPDATE published SET tx = ((tx::text::bigint + 1000000)::text)::xid8");
    publish();
    store(21, 30);
    publish();
    hasEachOnce(30);
    assertThat(published()).extracting(LogStamp::epoch).containsOnly(1);
  }

  @Test
  void writesNothingToTheKafkaOfAnotherInstallation() throws Exception {
    store(1, 10);
    publish();
    sql("UPDATE installation SET id = 'another'");
    store(11, 12);
    var publisher = publisher();
    var worker = new BackgroundTask("publisher", one -> publisher.publish(one, topics));
    worker.start();
    try {
      await().until(() -> publisher.problem() != null);
      assertThat(publisher.problem()).contains("Kafka has the log of installation");
    } finally {
      worker.stop();
    }
    hasEachOnce(10);
  }

  @Test
  void beginsALaterTermWhenAnAgentHasSeenOneThatIsNotInItsPast() throws Exception {
    store(1, 10);
    var publisher = publisher();
    var worker = new BackgroundTask("publisher", one -> publisher.publish(one, topics));
    worker.start();
    try {
      await().until(() -> publisher.progress().publishes());
      var installation = value("SELECT id FROM installation");
      var seen = new LogStamp(installation, 1, new LogTerm(7, "lost"), 99);
      var facts =
          new NodeFacts("far", List.of(), "1.2.3.4", "28", new NodeFacts.Capacity(1, 1, 1), false);
      publisher.hear(
          new Heartbeat(
              new NodeId("n"),
              Instant.now(),
              facts,
              null,
              new AgentState(null, seen, "waiting", List.of())));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> value("SELECT max(number) FROM terms").equals("8"));
    } finally {
      worker.stop();
    }
  }

  @Test
  void parksTheSubjectOfARecordThatKafkaRefusesAndPublishesAllOthers() throws Exception {
    var publisher = publisher();
    var worker = new BackgroundTask("publisher", one -> publisher.publish(one, topics));
    worker.start();
    try {
      store(1, 9);
      await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> hasEachOnce(9));
      limit(Topics.STACK_EVENTS, 2_000);
      var name = new Random(1).ints(20_000, 'a', 'z' + 1).mapToObj(Character::toString);
      var renamed =
          "{\"stackId\":\"large\",\"nickname\":\"%s\"}"
              .formatted(name.collect(Collectors.joining()));
      store(10, "large", 0, "Stack", "StackRenamed", renamed);
      store(11, 20);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> value("SELECT position FROM published").equals("20"));
      assertThat(records(Topics.STACK_EVENTS)).extracting(ConsumerRecord::key).contains("stack");
      assertThat(parked.all()).extracting(Parked::subject).containsExactly("large");
      assertThat(parked.all().getFirst().reason())
          .contains("Kafka refuses its record of 20,", "slipway.stack-events");
    } finally {
      worker.stop();
    }
  }

  private static void limit(Topics topic, int bytes) throws Exception {
    var entry = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    try (var admin = clients.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()),
                  List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @Test
  void sendsARepairedEventAgainWhenKafkaHasLostIt() throws Exception {
    store(1, 9);
    store(10, "broken", 0, "Stack", "StackSang", "{}");
    store(11, 20);
    publish();
    assertThat(parked.all()).extracting(Parked::subject).containsExactly("broken");
    var repair =
        new LogRepair(
            new JdbcTemplate(database), inTransactions(), parked, _ -> {}, new RecordLimits());
    long position = parked.all().getFirst().position();
    var event = "{\"stackId\":\"broken\",\"nickname\":\"repaired\"}";
    repair.replace(position, "StackRenamed", event, new LogRepair.Operator("admin", "a test"));
    publishUntilKafkaHas("broken");
    assertThat(parked.all()).isEmpty();
    loseTailOf(Topics.STACK_EVENTS, 1);
    publishUntilKafkaHas("broken");
    store(21, 30);
    publish();
    loseTailOf(Topics.STACK_EVENTS, 2);
    publishUntilKafkaHas("broken");
  }

  private static TransactionTemplate inTransactions() {
    return new TransactionTemplate(new DataSourceTransactionManager(database));
  }

  private static void publishUntilKafkaHas(String subject) throws Exception {
    var publisher = publisher();
    var worker = new BackgroundTask("publisher", one -> publisher.publish(one, topics));
    worker.start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  records(Topics.STACK_EVENTS).stream().anyMatch(one -> one.key().equals(subject)));
      await().until(() -> value("SELECT count(*) FROM parked_subjects").equals("0"));
    } finally {
      worker.stop();
    }
  }

  /** Puts the topic back to an older state: without its last records. */
  private static void loseTailOf(Topics topic, int lost) throws Exception {
    var kept = records(topic);
    topics.makeAnew(List.of(topic));
    try (var producer = clients.producer()) {
      for (var one : kept.subList(0, kept.size() - lost)) {
        producer
            .send(
                new ProducerRecord<>(
                    one.topic(), one.partition(), null, one.key(), one.value(), one.headers()))
            .get();
      }
    }
    assertThat(records(topic)).hasSize(kept.size() - lost);
  }

  @Test
  void takesOverThoughTheLastRecordIsNoneOfItsOwn() throws Exception {
    store(1, 10);
    publish();
    try (var producer = clients.producer()) {
      producer.send(new ProducerRecord<>(Topics.STACK_EVENTS.topic(), 0, "x", new byte[3])).get();
    }
    store(11, 20);
    publish();
    assertThat(records(Topics.STACK_EVENTS))
        .filteredOn(one -> one.headers().lastHeader("ce_id") != null)
        .extracting(one -> LogStamp.read(one.headers()).orElseThrow().position())
        .contains(10L, 20L);
  }
}
