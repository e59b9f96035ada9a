package dev.slipway.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.EngineContents;
import dev.slipway.standalone.audit.Engines;
import dev.slipway.standalone.audit.Findings;
import dev.slipway.standalone.audit.KeptVolume;
import dev.slipway.standalone.audit.OnEngine;
import dev.slipway.standalone.audit.Progress;
import dev.slipway.standalone.audit.Shown;
import dev.slipway.standalone.audit.Violation;
import dev.slipway.standalone.log.Installation.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of damage to PostgreSQL, Kafka, views and Engines is named, on real servers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditTest {

  private static final String EVENTS = "slipway.service-events";
  private static final ServiceId STRANGER = new ServiceId("5e0c7d7e-0000-4000-8000-00000000000f");

  @TempDir static Path folder;
  private static Installation installation;
  private static State whole;

  private final List<OnEngine> onEngine = new ArrayList<>();
  private final List<ServiceId> shown = new ArrayList<>();
  private boolean showsServices;

  @BeforeAll
  static void start() throws Exception {
    installation = new Installation(folder, 1);
    installation.start();
    var random = new Random(3);
    for (int change = 0; change < 12; change++) {
      installation.change(random);
    }
    await().atMost(Duration.ofSeconds(60)).until(installation::isPublished);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(audit().violations()).isEmpty());
    installation.stop();
    whole = installation.keep();
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  @BeforeEach
  void beginWhole() throws Exception {
    installation.restorePostgresql(whole);
    for (var container : installation.wanted()) {
      onEngine.add(onEngine(container, OneNode.ID));
    }
  }

  private static OnEngine onEngine(String container, NodeId node) {
    var owner = installation.ownerOf(container);
    return new OnEngine(
        "unix:///one",
        "engine-id",
        container.substring(0, 8),
        new ServiceId(owner),
        new ContainerId(container),
        node,
        "1",
        false);
  }

  private static Findings audit() {
    return installation.audit();
  }

  private List<String> differences() {
    return audit().violations().stream().map(Violation::toString).toList();
  }

  /** A read model that has only the uuids of services. */
  private record Views(boolean visible, List<ServiceId> services) implements Shown.ReadModel {

    @Override
    public boolean shows(Namespace namespace) {
      return visible;
    }

    @Override
    public Optional<Shown> of(Service service) {
      return Optional.empty();
    }

    @Override
    public boolean has(String uri) {
      return false;
    }
  }

  private static final String LAST =
      " WHERE global_index = (SELECT max(global_index) FROM events WHERE type = 'Service')";

  /** Appends the first record of a topic once more, changed. */
  private static void append(String topic, Consumer<ProducerRecord<String, byte[]>> change)
      throws Exception {
    installation.append(topic, change);
  }

  private static void replace(ProducerRecord<String, byte[]> one, String header, String value) {
    one.headers().remove(header).add(header, value.getBytes());
  }

  @Test
  void nothingDiffersInAWholeInstallation() {
    assertThat(audit().isClean()).as(audit().report()).isTrue();
    assertThat(everything().violations())
        .as("nobody reports here what containers do")
        .allMatch(one -> one.what().endsWith(" is still Starting"));
    assertThat(audit().json()).contains("\"clean\" : true", "\"differences\" : [ ]");
  }

  @Test
  void namesARecordThatIsMissing() throws Exception {
    installation.storeStranger();
    installation.sql("UPDATE published SET position = position + 1");
    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("K1 position ")
        .contains("event 0 of ", "ServiceCreated")
        .endsWith("is missing in Kafka");
  }

  @Test
  void namesARecordThatPostgresqlDoesNotHave() throws Exception {
    installation.sql("UPDATE events SET event_identifier = 'another'" + LAST);
    assertThat(differences())
        .anyMatch(one -> one.contains("is not in PostgreSQL"))
        .anyMatch(one -> one.contains("is missing in Kafka"))
        .hasSize(2);
  }

  @Test
  void namesARecordWithOtherBytes() throws Exception {
    installation.sql("UPDATE events SET payload = payload || ' '" + LAST);
    assertThat(differences()).singleElement().asString().contains("has other bytes");
  }

  @Test
  void namesARecordWithOtherHeaders() throws Exception {
    installation.sql("UPDATE events SET time_stamp = '2001-01-01T00:00:00Z'" + LAST);
    assertThat(differences()).singleElement().asString().contains("other headers");
  }

  @Test
  void namesARecordInAnotherPlace() throws Exception {
    installation.sql(
        """
        UPDATE events e SET tx = o.tx, global_index = o.global_index
        FROM (SELECT tx, global_index + 10000 AS global_index FROM events
          WHERE type = 'Service' ORDER BY events.tx DESC LIMIT 1) o
        WHERE e.global_index = (SELECT min(global_index) FROM events WHERE type = 'Service')\
        """);
    assertThat(differences())
        .anyMatch(one -> one.contains("comes after later ones"))
        .anyMatch(one -> one.contains("is stamped with position"));
  }

  @Test
  void namesRecordsOfAnotherInstallation() throws Exception {
    installation.sql("UPDATE installation SET id = 'another'");
    assertThat(differences())
        .as("the first of many")
        .hasSize(21)
        .allMatch(one -> one.startsWith("K1 "))
        .anyMatch(one -> one.contains("is of installation "))
        .last()
        .asString()
        .matches("K1 and [0-9]+ more: are of another installation");
  }

  @Test
  void namesRecordsOfAnotherEpoch() throws Exception {
    installation.sql("UPDATE installation SET epoch = 9");
    assertThat(differences()).first().asString().endsWith("is of epoch 1, PostgreSQL has epoch 9");
  }

  @Test
  void namesEventsThatAreNotPublished() throws Exception {
    installation.sql("UPDATE published SET position = position - 2");
    assertThat(differences())
        .singleElement()
        .asString()
        .endsWith("2 later events are not published");
  }

  @Test
  void namesAMarkBeyondTheLog() throws Exception {
    installation.sql("UPDATE published SET position = position + 2");
    assertThat(differences()).singleElement().asString().contains("counts as published");
  }

  @Test
  void namesAGapInPostgresql() throws Exception {
    installation.sql(
        "DELETE FROM events WHERE sequence_number = 1 AND aggregate_identifier IN"
            + " (SELECT aggregate_identifier FROM events WHERE sequence_number = 2 LIMIT 1)");
    assertThat(differences()).first().asString().endsWith("its event 1 is missing");
  }

  @Test
  void namesAnAssignmentOfNoContainer() throws Exception {
    var wanted = installation.wanted().iterator().next();
    installation.sql(
        "DELETE FROM events WHERE payload_type = 'ContainerPlaced' AND payload LIKE '%%%s%%'"
            .formatted(wanted));
    assertThat(differences())
        .anyMatch(one -> one.startsWith("K2 ") && one.contains("container %s".formatted(wanted)));
  }

  @Test
  void namesAContainerWithoutAssignment() throws Exception {
    var container = installation.placeStranger();
    assertThat(differences())
        .anyMatch(
            one ->
                one.startsWith("K2 ")
                    && one.endsWith("(%s) has no assignment in Kafka".formatted(container)));
  }

  /** The last test: what it writes stays in Kafka. */
  @Test
  @Order(Integer.MAX_VALUE)
  void namesWhatOthersWriteIntoKafkaAndCountsWhatIsSentTwice() throws Exception {
    append(EVENTS, _ -> {});
    var twice = audit();
    assertThat(twice.violations()).isEmpty();
    assertThat(twice.repeats()).isEqualTo(1);
    append(EVENTS, one -> replace(one, "ce_id", "invented"));
    append(EVENTS, one -> replace(one, "slipway-installation", "another"));
    append(EVENTS, one -> replace(one, "slipway-position", "999"));
    append(EVENTS, one -> one.headers().remove("ce_id"));
    installation.lose("slipway.stack-events");
    assertThat(differences())
        .anyMatch(one -> one.contains("is not in PostgreSQL"))
        .anyMatch(one -> one.contains("is of installation another"))
        .anyMatch(one -> one.contains("is stamped with position 999, its place in PostgreSQL is"))
        .anyMatch(one -> one.contains("is no event of Slipway"))
        .contains("K1 slipway.stack-events: there is no such topic in Kafka")
        .hasSize(5);
  }

  @Test
  void namesServicesThatViewsLackOrInvent() throws Exception {
    showsServices = true;
    shown.add(STRANGER);
    var found = everything().violations().stream().map(Violation::toString).toList();
    assertThat(found)
        .contains("I5 %s: the API shows it, and it is in no log".formatted(STRANGER))
        .contains("I5 /api/infra/v1/a/node/%s/: the API lacks the node".formatted(OneNode.ID))
        .anyMatch(one -> one.endsWith("the API does not know it"));
  }

  /** Looks at everything, with the Engine that the test has filled. */
  private Findings everything() {
    var contents =
        new EngineContents() {
          @Override
          public List<OnEngine> containers() {
            return onEngine;
          }

          @Override
          public List<KeptVolume> volumes() {
            return List.of();
          }
        };
    var engines =
        new Engines() {
          @Override
          public List<EngineContents> readings() {
            return List.of(contents);
          }

          @Override
          public boolean include(NodeId node) {
            return true;
          }
        };
    return new Audit(
            installation::postgresUrl,
            installation.kafkaServers(),
            new Views(showsServices, shown),
            engines,
            InstantSource.system(),
            Progress.NONE)
        .look();
  }

  @Test
  void namesContainersThatAreMissingDoubledOrUnowned() throws Exception {
    var gone = onEngine.removeFirst();
    var doubled = onEngine.getFirst();
    onEngine.add(doubled);
    onEngine.add(
        new OnEngine(
            "unix:///one",
            "lost",
            "old-1",
            STRANGER,
            ContainerId.of(STRANGER, 1, 1),
            OneNode.ID,
            "1",
            true));
    onEngine.add(
        new OnEngine(
            "unix:///one",
            "foreign",
            "theirs-1",
            STRANGER,
            ContainerId.of(STRANGER, 2, 1),
            new NodeId("0a000000-0000-4000-8000-00000000000b"),
            "2",
            true));
    var found = everything().violations().stream().map(Violation::toString).toList();
    assertThat(found)
        .anyMatch(one -> one.startsWith("I4 " + gone.service()) && one.endsWith("0 are found"))
        .anyMatch(one -> one.startsWith("I4 " + doubled.service()) && one.endsWith("2 are found"))
        .contains(
            "I4 node %s: old-1 (lost, at unix:///one) is unowned: its service %s is in no log"
                .formatted(OneNode.ID, STRANGER))
        .noneMatch(one -> one.contains("theirs-1"));
  }
}
