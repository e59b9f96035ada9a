package dev.slipway.command.service;

import static dev.slipway.model.attribute.Attributes.AUTODESTROY;
import static dev.slipway.model.attribute.Attributes.AUTORESTART;
import static dev.slipway.model.attribute.Attributes.CONTAINER_ENVVARS;
import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.DEPLOY_ORDER;
import static dev.slipway.model.attribute.Attributes.LINKED_TO_SERVICE;
import static dev.slipway.model.attribute.Attributes.MEMORY;
import static dev.slipway.model.attribute.Attributes.MEMORY_SWAP;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.AutoDestroy;
import dev.slipway.model.service.AutoRestart;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceLink;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** The rules that hold between the attributes of one definition. */
public final class DefinitionRules {

  private DefinitionRules() {}

  /**
   * @throws InvalidInput naming the first field that breaks a rule
   */
  public static void check(ServiceDefinition definition) {
    checkRestart(definition);
    checkMemory(definition);
    checkOrder(definition);
    ContainerRules.checkWhole(definition);
    checkPorts(definition.get(CONTAINER_PORTS));
    checkUnique(
        "container_envvars",
        definition.get(CONTAINER_ENVVARS),
        EnvironmentVariable::key,
        "names a variable twice: ");
    checkUnique(
        "linked_to_service",
        definition.get(LINKED_TO_SERVICE),
        ServiceLink::name,
        "uses a name twice: ");
  }

  private static void checkRestart(ServiceDefinition definition) {
    if (definition.get(AUTORESTART) == AutoRestart.ALWAYS
        && definition.get(AUTODESTROY) != AutoDestroy.OFF) {
      throw new InvalidInput("autodestroy", "must be OFF when autorestart is ALWAYS");
    }
  }

  private static void checkMemory(ServiceDefinition definition) {
    var swap = definition.find(MEMORY_SWAP);
    var memory = definition.find(MEMORY);
    if (swap == null || swap <= 0) {
      return;
    }
    if (memory == null) {
      throw new InvalidInput("memory_swap", "needs memory to be set too");
    }
    if (swap < memory) {
      throw new InvalidInput("memory_swap", "must be at least memory, which is part of it");
    }
  }

  private static void checkOrder(ServiceDefinition definition) {
    if (definition.get(DEPLOY_ORDER) == DeployOrder.START_FIRST
        && EveryNode.isStrategyOf(definition)) {
      throw new InvalidInput(
          "deploy_order", "must be stop_first when deployment_strategy is EVERY_NODE");
    }
  }

  private static void checkPorts(List<PortSpec> ports) {
    checkUnique(
        "container_ports",
        ports,
        port -> port.innerPort() + "/" + port.protocol().text(),
        "names an inner port twice: ");
    checkUnique(
        "container_ports",
        ports.stream().filter(port -> port.published() && port.outerPort() != null).toList(),
        port -> port.outerPort() + "/" + port.protocol().text(),
        "names an outer port twice: ");
  }

  private static <T> void checkUnique(
      String field, List<T> values, Function<T, String> key, String rule) {
    var seen = new HashSet<String>();
    for (var value : values) {
      if (!seen.add(key.apply(value))) {
        throw new InvalidInput(field, rule + key.apply(value));
      }
    }
  }
}
