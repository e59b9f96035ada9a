package dev.slipway.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerCreated;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What links, ports and variables look like, from one state of a service. */
class LinkVariablesTest {

  static final ServiceId DB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId APP = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");
  static final Namespace ADMIN = new Namespace("admin");
  static final NodeId NODE = new NodeId("3f0c7d7e-0000-4000-8000-0000000000aa");
  static final ContainerId ONE = ContainerId.of(DB, 1, 1);
  static final ContainerId TWO = ContainerId.of(DB, 2, 1);
  static final Environment ENVIRONMENT =
      new Environment(new Addressing("example.org"), "http://api:8080");
  static final ImageFacts IMAGE =
      new ImageFacts(
          List.of(variable("PATH", "/bin"), variable("PASS", "of the image")),
          List.of(
              new PortSpec(Protocol.TCP, 9000, null, false),
              new PortSpec(Protocol.TCP, 5432, null, false)));

  static EnvironmentVariable variable(String key, String value) {
    return new EnvironmentVariable(key, new Secret(value));
  }

  static Service fold(ServiceEvent... events) {
    Service service = null;
    for (var event : events) {
      service = Service.evolve(service, event, Instant.EPOCH);
    }
    return service;
  }

  static ServiceCreated created() {
    return new ServiceCreated(
        DB,
        ADMIN,
        ServiceDefinition.read(
            Map.of(
                "image",
                "demo/db:1",
                "name",
                "my-db",
                "container_ports",
                List.of(Map.of("protocol", "tcp", "inner_port", 5432, "outer_port", 15432)),
                "container_envvars",
                List.of(Map.of("key", "PASS", "value", "mine")))),
        null);
  }

  static ContainerPlaced placed(int slot) {
    return new ContainerPlaced(
        DB,
        ContainerId.of(DB, slot, 1),
        slot,
        1,
        1,
        NODE,
        List.of(),
        List.of(variable("X", "y")),
        null,
        null);
  }

  static Service twoOfWhichTheSecondRuns() {
    return fold(
        created(),
        placed(1),
        placed(2),
        new ContainerCreated(DB, ONE, "e1", IMAGE),
        new ContainerCreated(DB, TWO, "e2", IMAGE),
        new ContainerStarted(DB, ONE, "e1", "10.0.0.1", List.of(), null, null, null),
        new ContainerStarted(DB, TWO, "e2", "10.0.0.2", List.of(), null, null, null),
        new ContainerExited(DB, ONE, 1, false, null, null, null));
  }

  @Test
  void nameTheAddressThePortInsideAndTheVariablesOfEachContainerThatRuns() {
    var texts = new TreeMap<String, String>();
    LinkVariables.of("db-1.x", twoOfWhichTheSecondRuns(), Reach.BESIDE)
        .forEach((key, value) -> texts.put(key, value.reveal()));
    var expected = new TreeMap<String, String>();
    for (var prefix : List.of("DB_1_X_2", "DB_1_X")) {
      expected.put(prefix + "_PORT", "tcp://10.0.0.2:5432");
      for (var port : List.of("5432", "9000")) {
        var name = prefix + "_PORT_" + port + "_TCP";
        expected.put(name, "tcp://10.0.0.2:" + port);
        expected.put(name + "_ADDR", "10.0.0.2");
        expected.put(name + "_PORT", port);
        expected.put(name + "_PROTO", "tcp");
      }
      expected.put(prefix + "_ENV_PATH", "/bin");
      expected.put(prefix + "_ENV_PASS", "mine");
    }
    assertThat(texts).isEqualTo(expected);
  }

  @Test
  void areNoneWhereNothingRuns() {
    assertThat(LinkVariables.of("db", fold(created(), placed(1)), Reach.BESIDE)).isEmpty();
    var service = twoOfWhichTheSecondRuns();
    assertThat(LinkVariables.of(service, service.fleet().containers().getFirst())).isEmpty();
    assertThat(LinkVariables.of(service, service.fleet().containers().getLast()))
        .containsEntry("MY_DB_2_PORT", new Secret("tcp://10.0.0.2:5432"))
        .doesNotContainKey("MY_DB_PORT");
  }

  @Test
  void listsTheImagesPortsOnlyAsLongAsTheServiceIsOfThatImage() {
    var service = twoOfWhichTheSecondRuns();
    assertThat(ContainerPorts.of(service))
        .containsExactly(
            new PortSpec(Protocol.TCP, 5432, 15432, true),
            new PortSpec(Protocol.TCP, 9000, null, false));
    var other = new ServiceUpdated(DB, ServiceDefinition.read(Map.of("image", "demo/db:2")));
    assertThat(ContainerPorts.of(Service.evolve(service, other, Instant.EPOCH))).hasSize(1);
  }

  @Test
  void tellsWhoSetEachVariable() {
    var calculated = ENVIRONMENT.calculated(twoOfWhichTheSecondRuns());
    assertThat(calculated)
        .contains(
            new Environment.Calculated("PASS", new Secret("mine"), "user"),
            new Environment.Calculated("PATH", new Secret("/bin"), "image"),
            new Environment.Calculated(
                "DOCKERCLOUD_SERVICE_HOSTNAME", new Secret("my-db"), "tutum"))
        .extracting(Environment.Calculated::key)
        .doesNotHaveDuplicates();
  }

  @Test
  void laysTheUsersVariablesOverAllOthers() {
    var service = twoOfWhichTheSecondRuns();
    var container = service.fleet().containers().getFirst();
    assertThat(ENVIRONMENT.whole(service, container))
        .contains(variable("PASS", "mine"), variable("PATH", "/bin"), variable("X", "y"))
        .extracting(EnvironmentVariable::key)
        .contains("DOCKERCLOUD_NODE_FQDN")
        .doesNotHaveDuplicates();
    assertThat(ENVIRONMENT.toSet(service, container))
        .contains(variable("PASS", "mine"))
        .doesNotContain(variable("PATH", "/bin"));
  }

  @Test
  void followsALinkToTheContainersThatRunNow() {
    var app =
        fold(
            new ServiceCreated(
                APP,
                ADMIN,
                ServiceDefinition.read(
                    Map.of(
                        "image",
                        "demo/app",
                        "name",
                        "app",
                        "linked_to_service",
                        List.of(Map.of("to_service", DB.value(), "name", "db")))),
                null),
            new ContainerPlaced(
                APP, ContainerId.of(APP, 1, 1), 1, 1, 1, NODE, List.of(), List.of(), null, null));
    var container = app.fleet().containers().getFirst();
    var links =
        ContainerLinks.render(app, container, Map.of(DB, twoOfWhichTheSecondRuns()), Map.of());
    assertThat(links)
        .containsExactly(
            Map.of(
                "name",
                "db-2",
                "from_container",
                "/api/app/v1/admin/container/" + container.id() + "/",
                "to_container",
                "/api/app/v1/admin/container/" + TWO + "/",
                "endpoints",
                Map.of("5432/tcp", "tcp://10.0.0.2:5432", "9000/tcp", "tcp://10.0.0.2:9000")));
    assertThat(ContainerLinks.render(app, container, Map.of(), Map.of())).isEmpty();
    assertThat(ENVIRONMENT.toSet(app, container))
        .contains(
            variable(
                "DB_DOCKERCLOUD_API_URL", "http://api:8080/api/app/v1/admin/service/" + DB + "/"));
  }

  private static final NodeId ELSEWHERE = new NodeId("0e000000-0000-4000-8000-00000000000e");

  private static Service publishing(String... more) {
    var service =
        fold(
            created(),
            placed(1),
            new ContainerCreated(DB, ONE, "e1", IMAGE),
            new ContainerStarted(
                DB,
                ONE,
                "e1",
                "10.0.0.1",
                List.of(new PublishedPort(Protocol.TCP, 5432, 15432)),
                null,
                null,
                null));
    return more.length == 0
        ? service
        : Service.evolve(
            service,
            new ServiceUpdated(DB, ServiceDefinition.read(Map.of(more[0], more[1]))),
            Instant.EPOCH);
  }

  private static Map<String, String> seen(Service target, Reach reach) {
    var texts = new TreeMap<String, String>();
    LinkVariables.of("db", target, reach).forEach((key, value) -> texts.put(key, value.reveal()));
    return texts;
  }

  @Test
  void leadToThePublishedPortOfAnotherNodeAndElseToTheContainer() {
    var away = new Reach(publishing(), ELSEWHERE, Map.of(NODE, "192.0.2.7"));
    assertThat(seen(publishing(), away))
        .containsEntry("DB_PORT", "tcp://192.0.2.7:15432")
        .containsEntry("DB_1_PORT_5432_TCP", "tcp://192.0.2.7:15432")
        .containsEntry("DB_1_PORT_5432_TCP_ADDR", "192.0.2.7")
        .containsEntry("DB_1_PORT_5432_TCP_PORT", "15432")
        .containsEntry("DB_1_PORT_9000_TCP", "tcp://10.0.0.1:9000");
    var beside = new Reach(publishing(), NODE, Map.of(NODE, "192.0.2.7"));
    assertThat(seen(publishing(), beside))
        .containsEntry("DB_1_PORT_5432_TCP", "tcp://10.0.0.1:5432");
  }

  @Test
  void leadFromEachNodeToTheSameWhereBothServicesAreOnEveryNode() {
    var everywhere = publishing("deployment_strategy", "EVERY_NODE");
    var away = new Reach(everywhere, ELSEWHERE, Map.of(NODE, "192.0.2.7"));
    assertThat(seen(everywhere, away)).isEmpty();
    assertThat(seen(publishing(), away)).isNotEmpty();
    assertThat(seen(everywhere, new Reach(everywhere, NODE, Map.of()))).isNotEmpty();
  }
}
