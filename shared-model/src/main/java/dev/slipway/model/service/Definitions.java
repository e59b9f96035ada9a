package dev.slipway.model.service;

import static dev.slipway.model.attribute.Attributes.DEPLOYMENT_STRATEGY;
import static dev.slipway.model.attribute.Attributes.TARGET_NUM_CONTAINERS;

import dev.slipway.model.container.Container;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The definition that holds now, and the older ones that containers were made from.
 *
 * @param revision counts the definitions from 1
 * @param inUse by revision; the one that holds now is always among them
 */
public record Definitions(
    ServiceDefinition current, int revision, SortedMap<Integer, ServiceDefinition> inUse) {

  public Definitions {
    inUse = Collections.unmodifiableSortedMap(new TreeMap<>(inUse));
  }

  static Definitions first(ServiceDefinition definition) {
    return new Definitions(definition, 1, new TreeMap<>(java.util.Map.of(1, definition)));
  }

  Definitions changed(ServiceDefinition changes, Collection<Container> containers) {
    var next = current.with(changes);
    var revisions = containers.stream().map(Container::revision).collect(Collectors.toSet());
    var kept = new TreeMap<>(inUse);
    kept.keySet().retainAll(revisions);
    kept.put(revision + 1, next);
    return new Definitions(next, revision + 1, kept);
  }

  /** How many containers there are to be, where there were to be so many until now. */
  int size(int now) {
    return current.get(DEPLOYMENT_STRATEGY) == DeploymentStrategy.EVERY_NODE
        ? now
        : current.get(TARGET_NUM_CONTAINERS);
  }

  /** The definition that holds now and the one of the container, without the others. */
  public Definitions only(Container container) {
    var kept = new TreeMap<>(inUse);
    kept.keySet().retainAll(List.of(container.revision(), revision));
    return new Definitions(current, revision, kept);
  }

  /** The definition that the container was made from. */
  public ServiceDefinition of(Container container) {
    return inUse.getOrDefault(container.revision(), current);
  }

  /** Whether a container made today would be like this one. */
  public boolean matches(Container container) {
    return container.revision() == revision || of(container).makesTheSameContainerAs(current);
  }
}
