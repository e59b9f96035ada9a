package dev.slipway.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemoved;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceTerminated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RulesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final NodeId NODE = new NodeId("40de0000-0000-4000-8000-000000000001");
  private static final ContainerId ONE = ContainerId.of(WEB, 1, 1);
  private static final ContainerId NEXT = ContainerId.of(WEB, 1, 2);
  private static final ActionId START = new ActionId("ac000000-0000-4000-8000-000000000001");

  private static final List<ServiceEvent> STARTING =
      List.of(
          new ServiceCreated(
              WEB,
              new Namespace("admin"),
              ServiceDefinition.read(Map.of("image", "hello", "name", "web")),
              null),
          new OperationBegun(WEB, START, OperationKind.START, NOW, false, List.of()),
          new ContainerPlaced(WEB, ONE, 1, 1, 1, NODE, List.of(), List.of(), null, null));

  private static ServiceEvent placed(ContainerId next) {
    return new ContainerPlaced(WEB, next, 1, 2, 1, NODE, List.of(), List.of(), null, null);
  }

  private static LoggedService logged(List<ServiceEvent> events, long... sequences) {
    var envelopes = new ArrayList<Envelope<ServiceEvent>>();
    for (int index = 0; index < sequences.length; index++) {
      envelopes.add(
          new Envelope<>(
              "event-" + events.get(index).hashCode(),
              WEB.value(),
              sequences[index],
              index,
              NOW,
              Map.of(),
              events.get(index)));
    }
    return new LoggedService(WEB, envelopes);
  }

  private static Service running() {
    var events = new ArrayList<>(STARTING);
    events.add(new ContainerStarted(WEB, ONE, "engine-id", null, List.of(), null, null, null));
    events.add(new OperationEnded(WEB, START, true, null));
    var state = logged(events, 0, 1, 2, 3, 4).state();
    assertThat(state).isNotNull();
    return state;
  }

  private static OnEngine onEngine(ContainerId container, String slot, boolean running) {
    return new OnEngine("unix:///one", "id", "web", WEB, container, NODE, slot, running);
  }

  private static LoggedService thenFollowed(ServiceEvent... more) {
    var events = new ArrayList<>(STARTING);
    events.addAll(List.of(more));
    return logged(events, LongStream.range(0, events.size()).toArray());
  }

  @Test
  void oneSlotRunsOneContainer() {
    var logged = thenFollowed(new ContainerRemoved(WEB, ONE, null), placed(NEXT));
    assertThat(Rules.slots(logged, List.of(onEngine(ONE, "1", true), onEngine(NEXT, "1", false))))
        .isEmpty();
    assertThat(Rules.slots(logged, List.of(onEngine(ONE, "1", true), onEngine(NEXT, "1", true))))
        .extracting(Violation::promise)
        .containsExactly(Promise.I3);
  }

  @Test
  void oneSlotRunsTwoIfTheLogHadBothAtOnce() {
    var both = List.of(onEngine(ONE, "1", true), onEngine(NEXT, "1", true));
    assertThat(Rules.slots(thenFollowed(placed(NEXT)), both)).isEmpty();
    assertThat(Rules.slots(thenFollowed(placed(NEXT), new ContainerRemoved(WEB, ONE, null)), both))
        .as("the log may be read later than the Engines")
        .isEmpty();
    var third = onEngine(ContainerId.of(WEB, 1, 3), "1", true);
    assertThat(
            Rules.slots(
                thenFollowed(placed(NEXT)), List.of(both.getFirst(), both.getLast(), third)))
        .extracting(Violation::what)
        .singleElement()
        .asString()
        .startsWith("3 run");
  }

  @Test
  void whatWasGivenUpWithItsNodeMayStillRunThere() {
    var both = List.of(onEngine(ONE, "1", true), onEngine(NEXT, "1", true));
    var lost = new ContainerLost(WEB, ONE, 1, "the node is lost", true);
    assertThat(Rules.slots(thenFollowed(lost, placed(NEXT)), both)).isEmpty();
  }

  @Test
  void aTerminatedServiceHasNoVolume() {
    var volume = new KeptVolume("unix:///one", "web.1.data", WEB);
    assertThat(Rules.volumes(running(), List.of(volume))).isEmpty();
    var ended =
        thenFollowed(new ContainerRemoved(WEB, ONE, null), new ServiceTerminated(WEB)).state();
    assertThat(ended).isNotNull();
    assertThat(Rules.volumes(ended, List.of())).isEmpty();
    assertThat(Rules.volumes(ended, List.of(volume)))
        .singleElement()
        .hasToString(
            "I4 %s: it is terminated, and unix:///one has its volume web.1.data".formatted(WEB));
  }

  @Test
  void theEnginesHaveWhatTheLogSays() {
    var service = running();
    assertThat(differences(service, onEngine(ONE, "1", true))).isEmpty();
    assertThat(differences(service, onEngine(ONE, "1", false)))
        .extracting(Violation::what)
        .containsExactly("web-1 is Running and found ended");
    assertThat(Rules.containers(service, List.of(), _ -> false))
        .as("nobody looked at its Engine")
        .isEmpty();
    assertThat(differences(service))
        .extracting(Violation::what)
        .containsExactly("web-1 is Running and 0 are found");
    var stray = onEngine(ContainerId.of(WEB, 2, 1), "2", true);
    assertThat(differences(service, onEngine(ONE, "1", true), stray))
        .extracting(Violation::what)
        .containsExactly("web is in no log, at unix:///one");
    assertThat(differences(service, onEngine(ONE, "1", true), onEngine(ONE, "1", true)))
        .extracting(Violation::what)
        .containsExactly("web-1 is Running and 2 are found");
  }

  private static List<Violation> differences(Service service, OnEngine... found) {
    return Rules.containers(service, List.of(found), _ -> true);
  }

  @Test
  void theLabelsOfAContainerAreThoseThatItWasMadeWith() {
    var service = running();
    assertThat(differences(service, onEngine(ONE, "2", true)))
        .extracting(Violation::what)
        .containsExactly("web has the label of slot 2, it fills slot 1");
    var other = new ServiceId("5e0c7d7e-0000-4000-8000-00000000000b");
    assertThat(
            differences(
                service, new OnEngine("unix:///one", "id", "web", other, ONE, NODE, "1", true)))
        .extracting(Violation::what)
        .containsExactly("web has the label of service " + other);
    var elsewhere = new NodeId("40de0000-0000-4000-8000-00000000000b");
    assertThat(
            differences(
                service, new OnEngine("unix:///one", "id", "web", WEB, ONE, elsewhere, "1", true)))
        .extracting(Violation::what)
        .containsExactly("web is on another node than the log says");
  }

  @Test
  void anOperationEndsAtItsDeadline() {
    var service = logged(STARTING, 0, 1, 2).state();
    assertThat(service).isNotNull();
    assertThat(Rules.stability(service, NOW)).isEmpty();
    assertThat(Rules.stability(service, NOW.plusSeconds(60)))
        .extracting(Violation::promise)
        .containsExactly(Promise.I7);
    assertThat(Rules.stability(running(), NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void theReadModelIsTheFold() {
    var service = running();
    var shown =
        """
        {"uuid": "%1$s", "name": "web", "state": "%2$s", "synchronized": true,
         "current_num_containers": 1, "running_num_containers": 1, "stopped_num_containers": 0,
         "containers": ["/api/app/v1/admin/container/%3$s/"]}\
        """;
    var container =
        """
        {"resource_uri": "/api/app/v1/admin/container/%s/", "name": "web-1", "state": "Running",
         "node": "/api/infra/v1/admin/node/%s/", "docker_id": "engine-id"}\
        """
            .formatted(ONE, NODE);
    var json = JsonMapper.shared();
    var list = List.of(json.readTree(container));
    assertThat(Rules.view(service, Optional.empty())).hasSize(1);
    assertThat(
            Rules.view(
                service,
                Optional.of(
                    new Shown(json.readTree(shown.formatted(WEB, "Running", ONE)), "\"4\"", list))))
        .isEmpty();
    assertThat(
            Rules.view(
                service,
                Optional.of(
                    new Shown(json.readTree(shown.formatted(WEB, "Stopped", ONE)), "\"3\"", list))))
        .extracting(Violation::what)
        .containsExactly(
            "its version is \"4\", shown \"3\"", "state is 'Running', shown 'Stopped'");
  }
}
