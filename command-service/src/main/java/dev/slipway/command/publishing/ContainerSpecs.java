package dev.slipway.command.publishing;

import dev.slipway.model.Namespace;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.policy.Danger;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceLink;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Makes what an Engine must be told of containers. */
record ContainerSpecs(ContainerEnvironment environment, Function<Namespace, Policy> policies) {

  ContainerSpec of(Container container, Service service, EventLog log) throws SQLException {
    var stack = service.stack();
    var definition = service.definitions().of(container);
    var policy = bindsTheHost(definition) ? policies.apply(service.namespace()) : null;
    return new ContainerSpec(
        service.namespace(),
        service.name(container),
        container.slot(),
        container.generation(),
        stack == null ? null : stack.name(),
        definition,
        environment.of(service, container),
        container.data(),
        policy == null ? List.of() : policy.allowedHostPaths(),
        neighbours(service, log),
        policy != null && policy.allowsEngines() ? true : null);
  }

  private static List<ServiceLink> neighbours(Service service, EventLog log) throws SQLException {
    var stack = service.stack();
    return stack == null ? List.of() : log.servicesOf(stack.id());
  }

  private static boolean bindsTheHost(ServiceDefinition definition) {
    return Danger.BINDINGS.isAskedBy(definition) || Danger.ENGINE_SOCKET.isAskedBy(definition);
  }
}
