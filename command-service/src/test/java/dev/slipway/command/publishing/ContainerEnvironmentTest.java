package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.stack.StackRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {

  static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  static final ContainerId WEB_1 = ContainerId.of(WEB, 1, 1);
  static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");

  private static Map<String, String> environment(StackRef stack) {
    var definition = ServiceDefinition.read(Map.of("image", "demo/web", "name", "web"));
    Service service = null;
    for (ServiceEvent event :
        List.of(
            new ServiceCreated(WEB, new Namespace("admin"), definition, stack),
            new ContainerPlaced(WEB, WEB_1, 1, 1, 1, NODE, List.of(), List.of(), null, null))) {
      service = Service.evolve(service, event, Instant.EPOCH);
    }
    var environment = new ContainerEnvironment(new Addressing("example.org"), "http://api");
    var variables = new HashMap<String, String>();
    environment
        .of(service, service.fleet().find(WEB_1).orElseThrow())
        .forEach(variable -> variables.put(variable.key(), variable.value().reveal()));
    return variables;
  }

  @Test
  void tellsAContainerItsStack() {
    var stack = new StackRef(new StackId("57000000-0000-4000-8000-000000000001"), "shop");
    assertThat(environment(stack))
        .containsEntry("DOCKERCLOUD_STACK_NAME", "shop")
        .containsEntry("DOCKERCLOUD_SERVICE_FQDN", "web.shop.5e0c7d7e.svc.example.org");
  }

  @Test
  void tellsOfNoStackWhereThereIsNone() {
    assertThat(environment(null))
        .doesNotContainKey("DOCKERCLOUD_STACK_NAME")
        .containsEntry("DOCKERCLOUD_SERVICE_FQDN", "web.5e0c7d7e.svc.example.org");
  }
}
