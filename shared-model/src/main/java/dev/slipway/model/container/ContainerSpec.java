package dev.slipway.model.container;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;

/**
 * All that an Engine must be told to make one container.
 *
 * @param name as the API has it, such as {@code web-1}
 * @param definition the service's definition that the container is made from
 * @param environment every variable to set: of the user, of links and of the system, none twice; it
 *     stands in the place of the definition's own
 */
public record ContainerSpec(
    Namespace namespace,
    String name,
    int slot,
    int generation,
    ServiceDefinition definition,
    List<EnvironmentVariable> environment) {

  public ContainerSpec {
    environment = List.copyOf(environment);
  }
}
