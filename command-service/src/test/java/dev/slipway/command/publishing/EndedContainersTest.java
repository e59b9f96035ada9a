package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeEvent.UnownedRemovalRequested;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Wire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What agents report as unowned is held against the log of its service and of its node. */
class EndedContainersTest {

  private static final NodeId OTHER = new NodeId("0b000000-0000-4000-8000-00000000000b");
  private static EmbeddedPostgres postgres;
  private static Connection connection;
  private static int services;

  private final ServiceId web =
      new ServiceId("5e0c7d7e-0000-4000-8000-%012d".formatted(++services));
  private final NodeId node = new NodeId("0a000000-0000-4000-8000-%012d".formatted(services));
  private final ContainerId container = ContainerId.of(web, 1, 1);
  private final EndedContainers ended = new EndedContainers();
  private int events;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    var database = postgres.getPostgresDatabase();
    Flyway.configure().dataSource(database).locations("classpath:db/slipway").load().migrate();
    connection = database.getConnection();
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    postgres.close();
  }

  private void store(String subject, Object event) throws SQLException {
    store(subject, event.getClass().getSimpleName(), new String(Wire.write(event)), 1);
  }

  private void store(String subject, String type, String payload, int times) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO events (tx, event_identifier, aggregate_identifier, sequence_number, type,"
                + " time_stamp, payload_type, payload, meta_data) SELECT '1'::xid8, ? || n, ?, ? +"
                + " n, 'Service', '2026-01-01T00:00:00Z', ?, ?, '{}' FROM generate_series(1, ?)"
                + " n")) {
      insert.setString(1, web + "-" + events + "-");
      insert.setString(2, subject);
      insert.setInt(3, events);
      insert.setString(4, type);
      insert.setString(5, payload);
      insert.setInt(6, times);
      insert.executeUpdate();
      events += times;
    }
  }

  private static ContainerPlaced placed(ServiceId web, int slot, NodeId on) {
    return new ContainerPlaced(
        web, ContainerId.of(web, slot, 1), slot, 1, 1, on, List.of(), List.of(), null, null);
  }

  private Unowned unowned(int slot, LogStamp made) {
    return new Unowned(
        ContainerId.of(web, slot, 1),
        "web-" + slot,
        "it is of a lost past",
        web,
        new SlotGeneration(slot, 1, null),
        made);
  }

  private static LogStamp made(int term) {
    return new LogStamp("here", 1, new LogTerm(term, "a"), 7);
  }

  /** The containers that are ended when the node reports these. */
  private List<String> endedOf(Unowned... reported) throws SQLException {
    var facts =
        new NodeFacts("here", List.of(), "1.2.3.4", "28", new NodeFacts.Capacity(1, 1, 1), false);
    var state = new AgentState(null, null, null, List.of(reported));
    ended.hear(new Heartbeat(node, Instant.EPOCH, facts, null, state));
    return ended.look(new EventLog(connection)).stream().map(record -> record.key()).toList();
  }

  @Test
  void endsAContainerThatTheLogHasPlacedThereAndEnded() throws Exception {
    assertThat(endedOf(unowned(1, made(1)))).as("not in the log").isEmpty();
    store(web.value(), placed(web, 1, node));
    assertThat(endedOf(unowned(1, made(1)))).as("wanted").isEmpty();
    store(web.value(), new ContainerRemoved(web, container, null));
    assertThat(endedOf(unowned(1, made(1)))).containsExactly(container.value());
    assertThat(endedOf(unowned(1, made(1)))).as("again").containsExactly(container.value());
    assertThat(endedOf()).isEmpty();
  }

  @Test
  void keepsAContainerThatTheLogHasEndedOnAnotherNode() throws Exception {
    store(web.value(), placed(web, 1, OTHER));
    store(web.value(), new ContainerRemoved(web, container, null));
    assertThat(endedOf(unowned(1, made(1)))).isEmpty();
  }

  @Test
  void sendsTheRequestedRemovalAgainOfTheVeryContainerThatItWasFor() throws Exception {
    store(node.value(), new UnownedRemovalRequested(node, container, made(2)));
    assertThat(endedOf(unowned(1, made(2)), unowned(2, made(2))))
        .containsExactly(container.value());
    assertThat(endedOf(unowned(1, made(3)))).as("another past made it").isEmpty();
    assertThat(endedOf(unowned(1, null))).as("nobody knows when it was made").isEmpty();
  }

  @Test
  void aDamagedEventEndsNothing() throws Exception {
    store(web.value(), placed(web, 1, node));
    store(web.value(), "ContainerRemoved", "{\"no json", 1);
    assertThat(endedOf(unowned(1, made(1)))).isEmpty();
  }

  /** A long log is read once, and only events that say something of ends. */
  @Test
  void aLongLogCostsNextToNothingAtEachLook() throws Exception {
    store(web.value(), placed(web, 1, node));
    store(web.value(), "ContainerConditionChanged", "{\"no json", 20_000);
    store(web.value(), new ContainerRemoved(web, container, null));
    var reported = new ArrayList<Unowned>();
    for (int slot = 1; slot <= 100; slot++) {
      reported.add(unowned(slot, made(1)));
    }
    var all = reported.toArray(Unowned[]::new);
    assertThat(endedOf(all)).containsExactly(container.value());
    long begin = System.nanoTime();
    for (int look = 0; look < 20; look++) {
      assertThat(endedOf(all)).hasSize(1);
    }
    var each = Duration.ofNanos(System.nanoTime() - begin).dividedBy(20);
    System.out.println("one look at 100 containers: " + each);
    assertThat(each).isLessThan(Duration.ofMillis(250));
  }
}
