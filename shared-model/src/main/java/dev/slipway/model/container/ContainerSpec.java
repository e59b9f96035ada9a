package dev.slipway.model.container;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an Engine must be told to make one container.
 *
 * @param name as the API has it, such as {@code web-1}
 * @param stack the name of the stack that the service is of, null if it is of none
 * @param definition the service's definition that the container is made from
 * @param environment every variable to set: of the user, of links and of the system, none twice; it
 *     stands in the place of the definition's own
 * @param data the generation that began with empty volumes, null if they are the slot's first
 * @param hostPaths below which links in the paths of bindings may lead; without any they lead
 *     nowhere
 * @param neighbours the services of the same stack, this one among them, by their bare names
 * @param engineAllowed whether its bindings may lead to the node's Engine, null if not
 */
public record ContainerSpec(
    Namespace namespace,
    String name,
    int slot,
    int generation,
    @Nullable String stack,
    ServiceDefinition definition,
    List<EnvironmentVariable> environment,
    @Nullable Integer data,
    List<String> hostPaths,
    List<ServiceLink> neighbours,
    @Nullable Boolean engineAllowed) {

  public ContainerSpec {
    environment = List.copyOf(environment);
    hostPaths = List.copyOf(hostPaths);
    neighbours = List.copyOf(neighbours);
  }

  /** One whose bindings may not lead to an Engine. */
  public ContainerSpec(
      Namespace namespace,
      String name,
      int slot,
      int generation,
      @Nullable String stack,
      ServiceDefinition definition,
      List<EnvironmentVariable> environment,
      @Nullable Integer data,
      List<String> hostPaths,
      List<ServiceLink> neighbours) {
    this(
        namespace,
        name,
        slot,
        generation,
        stack,
        definition,
        environment,
        data,
        hostPaths,
        neighbours,
        null);
  }

  public ContainerSpec with(ServiceDefinition other) {
    return new ContainerSpec(
        namespace,
        name,
        slot,
        generation,
        stack,
        other,
        environment,
        data,
        hostPaths,
        neighbours,
        engineAllowed);
  }

  public ContainerSpec withEnvironment(List<EnvironmentVariable> other) {
    return new ContainerSpec(
        namespace,
        name,
        slot,
        generation,
        stack,
        definition,
        other,
        data,
        hostPaths,
        neighbours,
        engineAllowed);
  }

  /** The name of the service, which the container's begins with. */
  public String serviceName() {
    return name.substring(0, name.length() - ("-" + slot).length());
  }
}
