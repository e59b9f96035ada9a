package dev.slipway.standalone.log;

import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.messaging.TopicSetup.KeptLines;
import dev.slipway.command.publishing.AssignmentFold;
import dev.slipway.command.publishing.ContainerEnvironment;
import dev.slipway.command.publishing.ParkedSubjects;
import dev.slipway.command.publishing.Publisher;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.Engines;
import dev.slipway.standalone.audit.Findings;
import dev.slipway.standalone.audit.Progress;
import dev.slipway.standalone.audit.Shown;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** A log with its publisher, Kafka, and one node, whose parts can be lost and restored. */
final class Installation implements AutoCloseable {

  private static final NodeFacts FACTS =
      new NodeFacts("here", List.of(), "1.2.3.4", "28", new NodeFacts.Capacity(1, 1, 1), false);
  private static final List<Topics> TOPICS =
      List.of(Topics.SERVICE_EVENTS, Topics.NODE_EVENTS, Topics.ASSIGNMENTS);

  private final EmbeddedKafka kafka;
  private final EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
  private final KafkaClients clients;
  private final TopicSetup topics;
  private final Path agentFolder;
  private final OneNode node = new OneNode();
  private final Random ids;
  private String database = "log0";
  private int databases;
  private @Nullable BackgroundTask worker;
  private @Nullable Publisher publisher;
  private OneNode.@Nullable Agent agent;

  /** What the parts were at one time. */
  record State(
      String database,
      List<ConsumerRecord<String, byte[]>> records,
      byte @Nullable [] checkpoint) {}

  /**
   * @param seed of the ids of services
   */
  Installation(Path folder, long seed) throws Exception {
    ids = new Random(seed);
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
    clients = new KafkaClients(kafka.bootstrapServers());
    topics =
        new TopicSetup(
            clients,
            2,
            new KeptLines(Duration.ofDays(1), DataSize.ofMegabytes(64)),
            new RecordLimits());
    agentFolder = Files.createDirectories(folder.resolve("agent"));
    execute(postgres.getPostgresDatabase(), "CREATE DATABASE log0");
    Flyway.configure().dataSource(source()).locations("classpath:db/slipway").load().migrate();
    store(OneNode.ID.value(), "Node", new NodeRegistered(OneNode.ID, new Namespace("a"), FACTS));
    sql(
        "INSERT INTO nodes (node, namespace, reachable, facts) VALUES ('%s', 'a', true, '{}')"
            .formatted(OneNode.ID));
  }

  OneNode node() {
    return node;
  }

  private DataSource source() {
    return postgres.getDatabase("postgres", database);
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String postgresUrl() {
    return postgres.getJdbcUrl("postgres", database);
  }

  /** Compares PostgreSQL with Kafka; there are no views, and no Engine is asked. */
  Findings audit() {
    return audit(this::postgresUrl, kafkaServers());
  }

  static Findings audit(Supplier<String> postgres, String kafka) {
    return new Audit(
            postgres, kafka, new NoViews(), Engines.NONE, InstantSource.system(), Progress.NONE)
        .look();
  }

  private record NoViews() implements Shown.ReadModel {

    @Override
    public boolean shows(Namespace namespace) {
      return false;
    }

    @Override
    public Optional<Shown> of(Service service) {
      return Optional.empty();
    }

    @Override
    public boolean has(String uri) {
      return false;
    }

    @Override
    public List<ServiceId> services() {
      return List.of();
    }
  }

  String kafkaServers() {
    return kafka.bootstrapServers();
  }

  void sql(String sql) throws SQLException {
    execute(source(), sql);
  }

  private List<String> values(String sql) {
    var values = new ArrayList<String>();
    try (var connection = source().getConnection();
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return values;
  }

  private void store(String subject, String type, Object event) throws SQLException {
    try (var connection = source().getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO events (event_identifier, aggregate_identifier, sequence_number, type,"
                    + " time_stamp, payload_type, payload_revision, payload, meta_data) VALUES"
                    + " (?, ?, (SELECT count(*) FROM events WHERE aggregate_identifier = ?), ?, ?,"
                    + " ?, ?, ?, '{}')")) {
      insert.setString(1, Uuids.random());
      insert.setString(2, subject);
      insert.setString(3, subject);
      insert.setString(4, type);
      insert.setString(5, Instant.EPOCH.toString());
      insert.setString(6, event.getClass().getSimpleName());
      insert.setString(7, EventTypes.revision(event.getClass()));
      insert.setString(8, Wire.MAPPER.writeValueAsString(event));
      insert.executeUpdate();
    }
  }

  private Publisher publisher() {
    return new Publisher(
        source(),
        clients,
        new AssignmentFold(
            new ContainerEnvironment(new Addressing("localhost"), "http://localhost"),
            _ -> Policy.ALLOWING),
        new ParkedSubjects(new JdbcTemplate(source())),
        () -> false);
  }

  private void store(ServiceEvent event) throws SQLException {
    store(event.serviceId().value(), "Service", event);
  }

  /** Creates a service with a container, replaces a container, or removes one. */
  void change(Random random) throws SQLException {
    var placed = values("SELECT container || ' ' || service FROM placements ORDER BY 1");
    if (placed.isEmpty() || random.nextInt(2) == 0) {
      var _ = create();
      return;
    }
    var chosen = placed.get(random.nextInt(placed.size())).split(" ");
    var service = new ServiceId(chosen[1]);
    remove(new ContainerId(chosen[0]), service);
    if (random.nextBoolean()) {
      place(service);
    }
  }

  /** Creates a service with a container. */
  ServiceId create() throws SQLException {
    var service = new ServiceId(new UUID(ids.nextLong(), ids.nextLong()).toString());
    var definition = ServiceDefinition.read(Map.of("image", "demo/hello", "name", "web"));
    store(new ServiceCreated(service, new Namespace("a"), definition, null));
    place(service, 1);
    return service;
  }

  /** Removes a container that is placed. */
  void remove(ContainerId container, ServiceId service) throws SQLException {
    store(new ContainerRemovalRequested(service, container));
    store(new ContainerRemoved(service, container, null));
    sql("DELETE FROM placements WHERE container = '%s'".formatted(container));
  }

  /** Places the next generation of a service's only slot. */
  ContainerId place(ServiceId service) throws SQLException {
    int generation =
        values(
                "SELECT 1 FROM events WHERE payload_type = 'ContainerPlaced' AND"
                    + " aggregate_identifier = '%s'".formatted(service))
            .size();
    place(service, generation + 1);
    return ContainerId.of(service, 1, generation + 1);
  }

  private void place(ServiceId service, int generation) throws SQLException {
    var container = ContainerId.of(service, 1, generation);
    store(
        new ContainerPlaced(
            service, container, 1, generation, 1, OneNode.ID, List.of(), List.of(), null, null));
    sql(
        "INSERT INTO placements (container, service, node) VALUES ('%s', '%s', '%s')"
            .formatted(container, service, OneNode.ID));
  }

  /** Stores a service that nobody publishes. */
  ServiceId storeStranger() throws SQLException {
    var service = new ServiceId(Uuids.random());
    var definition = ServiceDefinition.read(Map.of("image", "demo/hello", "name", "stranger"));
    store(new ServiceCreated(service, new Namespace("a"), definition, null));
    return service;
  }

  ContainerId placeStranger() throws SQLException {
    var service = storeStranger();
    place(service, 1);
    return ContainerId.of(service, 1, 1);
  }

  /** Writes the first record of a topic once more. */
  void append(String topic, Consumer<ProducerRecord<String, byte[]>> change) throws Exception {
    var first = records().stream().filter(one -> one.topic().equals(topic)).toList().getFirst();
    var copy =
        new ProducerRecord<>(
            topic, first.partition(), null, first.key(), first.value(), first.headers());
    change.accept(copy);
    try (var producer = clients.producer()) {
      producer.send(copy).get();
    }
  }

  void start() {
    var publishing = publisher();
    publisher = publishing;
    worker =
        new BackgroundTask(
            "publisher",
            one -> {
              topics.createWhatIsMissing();
              publishing.publish(one, topics);
            });
    Objects.requireNonNull(worker).start();
    agent = node.new Agent(kafka.bootstrapServers(), agentFolder);
  }

  void stop() {
    Objects.requireNonNull(agent).close();
    Objects.requireNonNull(worker).stop();
    publisher = null;
  }

  void heartbeat() {
    var running = Objects.requireNonNull(agent);
    Objects.requireNonNull(publisher)
        .hear(
            new Heartbeat(
                OneNode.ID,
                Instant.now(),
                FACTS,
                null,
                new AgentState(null, running.seen(), null, running.unowned())));
  }

  @Nullable String problem() {
    return Objects.requireNonNull(agent).problem();
  }

  boolean isPublished() {
    return Objects.requireNonNull(publisher).progress().percent() == 100
        && values("SELECT position = (SELECT count(*) FROM events) FROM published")
            .getFirst()
            .equals("t");
  }

  Set<String> wanted() {
    return new TreeSet<>(values("SELECT container FROM placements"));
  }

  String ownerOf(String container) {
    return values("SELECT service FROM placements WHERE container = '%s'".formatted(container))
        .getFirst();
  }

  Set<String> endedInThisPast() {
    var ended =
        new TreeSet<>(
            values(
                "SELECT payload::json ->> 'container' FROM events"
                    + " WHERE payload_type = 'ContainerRemoved'"));
    ended.removeAll(wanted());
    return ended;
  }

  List<String> storedEvents() {
    return values("SELECT event_identifier FROM events ORDER BY 1");
  }

  List<String> publishedEvents() {
    return records().stream()
        .filter(one -> !one.topic().equals(Topics.ASSIGNMENTS.topic()))
        .map(one -> new String(one.headers().lastHeader("ce_id").value()))
        .sorted()
        .toList();
  }

  private List<ConsumerRecord<String, byte[]>> records() {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer = clients.consumer()) {
      var partitions =
          TOPICS.stream()
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

  /** Keeps the state of all parts; nothing runs. */
  State keep() throws Exception {
    var copy = "copy" + ++databases;
    execute(
        postgres.getPostgresDatabase(), "CREATE DATABASE %s TEMPLATE %s".formatted(copy, database));
    var checkpoint = agentFolder.resolve("log-position");
    return new State(
        copy, records(), Files.exists(checkpoint) ? Files.readAllBytes(checkpoint) : null);
  }

  void restorePostgresql(State state) throws SQLException {
    database = "log" + ++databases;
    execute(
        postgres.getPostgresDatabase(),
        "CREATE DATABASE %s TEMPLATE %s".formatted(database, state.database()));
  }

  void emptyKafka() throws Exception {
    topics.createWhatIsMissing();
    topics.makeAnew(List.of(Topics.values()));
  }

  void lose(String topic) throws Exception {
    try (var admin = clients.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  void restoreKafka(State state) throws Exception {
    emptyKafka();
    try (var producer = clients.producer()) {
      for (var one : state.records()) {
        var _ =
            producer.send(
                new ProducerRecord<>(
                    one.topic(), one.partition(), null, one.key(), one.value(), one.headers()));
      }
    }
  }

  void restoreAgent(State state) throws Exception {
    var checkpoint = agentFolder.resolve("log-position");
    if (state.checkpoint() == null) {
      forgetCheckpoint();
    } else {
      Files.write(checkpoint, state.checkpoint());
    }
  }

  void forgetCheckpoint() throws Exception {
    Files.deleteIfExists(agentFolder.resolve("log-position"));
  }

  @Override
  public void close() throws Exception {
    kafka.close();
    postgres.close();
  }
}
