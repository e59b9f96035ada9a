package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceEvent.VolumesErased;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of volumes on nodes that a slot had left when its service is terminated. */
class LeftVolumesTest {

  private static final ServiceId DB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final NodeId THERE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final NodeId GONE = new NodeId("0b000000-0000-4000-8000-00000000000b");
  private static final ContainerId FIRST = ContainerId.of(DB, 1, 1);
  private static final ContainerId SECOND = ContainerId.of(DB, 1, 2);

  private static EmbeddedPostgres postgres;
  private static Connection connection;

  private final AssignmentFold fold =
      new AssignmentFold(
          new ContainerEnvironment(new Addressing("example.org"), "http://api"),
          _ -> {
            throw new AssertionError("no policy matters");
          });
  private long sequence;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    connection = postgres.getPostgresDatabase().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE nodes (node TEXT PRIMARY KEY)");
      statement.execute("INSERT INTO nodes VALUES ('" + THERE.value() + "')");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    postgres.close();
  }

  private List<ProducerRecord<String, byte[]>> after(ServiceEvent event) throws Exception {
    var envelope =
        new Envelope<>("id", DB.value(), sequence, sequence, Instant.EPOCH, Map.of(), new byte[0]);
    sequence++;
    var records = new ArrayList<ProducerRecord<String, byte[]>>();
    for (var change : fold.after(event, envelope, new EventLog(connection))) {
      records.add(change.record());
    }
    return records;
  }

  private List<ProducerRecord<String, byte[]>> afterLosingBoth() throws Exception {
    var definition = ServiceDefinition.read(Map.of("image", "demo/db", "name", "db"));
    after(new ServiceCreated(DB, new Namespace("admin"), definition, null));
    after(new ContainerPlaced(DB, FIRST, 1, 1, 1, THERE, List.of(), List.of(), null, null));
    after(new ContainerLost(DB, FIRST, 1, "it is silent", true));
    after(new ContainerPlaced(DB, SECOND, 1, 2, 1, GONE, List.of(), List.of(), null, null));
    after(new ContainerLost(DB, SECOND, 1, "it was terminated", false));
    return after(new ServiceTerminated(DB));
  }

  @Test
  void areErasedOnEachNodeThatIsThere() throws Exception {
    var records = afterLosingBoth();
    assertThat(records).singleElement().extracting(ProducerRecord::key).isEqualTo(FIRST.value());
    var erasure = Wire.read(records.getFirst().value(), Assignment.class);
    assertThat(erasure.wanted()).isEqualTo(Wanted.ERASED);
    assertThat(erasure.node()).isEqualTo(THERE);
    assertThat(erasure.version()).isEqualTo(5);
    assertThat(erasure.spec().name()).isEqualTo("db-1");
    assertThat(erasure.spec().generation()).isEqualTo(1);
  }

  @Test
  void leaveNoAssignmentWhenTheyAreErased() throws Exception {
    afterLosingBoth();
    var record = after(new VolumesErased(DB, FIRST, THERE)).getFirst();
    assertThat(record.key()).isEqualTo(FIRST.value());
    assertThat(record.value()).isNull();
    assertThat(record.partition())
        .isEqualTo(Topics.partitionOf(THERE, Topics.ASSIGNMENTS.partitions()));
  }
}
