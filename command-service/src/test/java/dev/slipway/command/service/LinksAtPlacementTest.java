package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.Reach;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinksAtPlacementTest {

  static final ServiceId APP = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId DB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");
  static final NodeId NODE = new NodeId("3f0c7d7e-0000-4000-8000-0000000000aa");

  static Service fold(ServiceEvent... events) {
    Service service = null;
    for (var event : events) {
      service = Service.evolve(service, event, Instant.EPOCH);
    }
    return service;
  }

  static Service runningDatabase(String namespace) {
    var container = ContainerId.of(DB, 1, 1);
    return fold(
        new ServiceCreated(
            DB,
            new Namespace(namespace),
            ServiceDefinition.read(
                Map.of(
                    "image",
                    "demo/db",
                    "name",
                    "postgres",
                    "container_ports",
                    List.of(Map.of("protocol", "tcp", "inner_port", 5432)))),
            null),
        new ContainerPlaced(DB, container, 1, 1, 1, NODE, List.of(), List.of(), null, null),
        new ContainerStarted(DB, container, "engine", "10.0.0.9", List.of(), null, null, null));
  }

  static List<String> keys(Service target) {
    var app =
        fold(
            new ServiceCreated(
                APP,
                new Namespace("admin"),
                ServiceDefinition.read(
                    Map.of(
                        "image",
                        "demo/app",
                        "name",
                        "app",
                        "linked_to_service",
                        List.of(Map.of("to_service", DB.value(), "name", "db")))),
                null));
    var services =
        new Cluster.Source() {
          @Override
          public Cluster of(Namespace namespace) {
            return new Cluster(Map.of());
          }

          @Override
          public Optional<Service> service(ServiceId id) {
            return Optional.ofNullable(target).filter(one -> one.id().equals(id));
          }
        };
    var targets = LinksAtPlacement.targets(app, services);
    return LinksAtPlacement.variables(targets, Reach.BESIDE).stream()
        .map(EnvironmentVariable::key)
        .toList();
  }

  @Test
  void areThoseOfTheContainersThatRunThen() {
    assertThat(keys(runningDatabase("admin")))
        .contains("DB_1_PORT_5432_TCP", "DB_PORT", "DB_PORT_5432_TCP_ADDR");
  }

  @Test
  void areNoneOfAServiceThatIsGoneOrSomebodyElses() {
    assertThat(keys(null)).isEmpty();
    assertThat(keys(runningDatabase("other"))).isEmpty();
  }

  @Test
  void variablesThatAreTooLargeToStoreAreExplainedWithTheServiceThatGivesMost() {
    var variables =
        java.util.stream.IntStream.range(0, 12)
            .mapToObj(i -> Map.of("key", "V" + i, "value", "x".repeat(20_000)))
            .toList();
    var container = ContainerId.of(DB, 1, 1);
    var large =
        fold(
            new ServiceCreated(
                DB,
                new Namespace("admin"),
                ServiceDefinition.read(
                    Map.of("image", "demo/db", "name", "postgres", "container_envvars", variables)),
                null),
            new ContainerPlaced(DB, container, 1, 1, 1, NODE, List.of(), List.of(), null, null),
            new ContainerStarted(DB, container, "engine", "10.0.0.9", List.of(), null, null, null));
    var reach = new Reach(large, NODE, Map.of());
    assertThat(LinksAtPlacement.tooLarge(Map.of("db", large), reach))
        .contains("at most 262,144 are taken", "most come from db");
    assertThat(
            LinksAtPlacement.tooLarge(
                Map.of("db", runningDatabase("admin")), new Reach(large, NODE, Map.of())))
        .isNull();
  }
}
