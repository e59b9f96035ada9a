package dev.slipway.agent.engine;

import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container of ours as the Engine has it.
 *
 * @param ipAddress null unless it runs in a network of its own
 * @param end null unless it has ended
 * @param restarts what its restart policy has done, null if nothing
 */
public record Found(
    Labels labels,
    String engineId,
    State state,
    @Nullable String ipAddress,
    List<PublishedPort> ports,
    @Nullable End end,
    @Nullable Restarts restarts) {

  public Found {
    ports = List.copyOf(ports);
  }

  /** What was never restarted. */
  public Found(
      Labels labels,
      String engineId,
      State state,
      @Nullable String ipAddress,
      List<PublishedPort> ports,
      @Nullable End end) {
    this(labels, engineId, state, ipAddress, ports, end, null);
  }

  /**
   * Restarts by the Engine.
   *
   * @param since when it was started last, null while it waits to be
   * @param end of the run before, null unless it waits to be started
   */
  public record Restarts(int times, @Nullable Instant since, @Nullable End end) {}

  /** How far it is. A container between two restarts counts as running. */
  public enum State {
    CREATED,
    RUNNING,
    EXITED,
    BEING_REMOVED
  }

  /** How it ended. */
  public record End(int exitCode, boolean oomKilled, @Nullable String error, Instant at) {}

  /** What it carries on it: this, and nothing else, makes it ours. */
  public record Labels(ContainerId container, ServiceId service, NodeId node, String name) {

    static final String PREFIX = "dev.slipway.";
    static final String SERVICE = PREFIX + "service";
    static final String SLOT = PREFIX + "slot";
    static final String GENERATION = PREFIX + "generation";
    static final String CONTAINER = PREFIX + "container";
    static final String NODE = PREFIX + "node";

    static Map<String, String> of(NodeId node, Assignment assignment) {
      var spec = assignment.spec();
      return Map.of(
          CONTAINER,
          assignment.container().value(),
          SERVICE,
          assignment.service().value(),
          NODE,
          node.value(),
          PREFIX + "namespace",
          spec.namespace().value(),
          PREFIX + "name",
          spec.name(),
          SLOT,
          Integer.toString(spec.slot()),
          GENERATION,
          Integer.toString(spec.generation()));
    }

    /** Empty if they are not all there. */
    static Optional<Labels> read(@Nullable Map<String, String> labels) {
      if (labels == null
          || !labels.keySet().containsAll(List.of(CONTAINER, NODE, SERVICE, PREFIX + "name"))) {
        return Optional.empty();
      }
      return Optional.of(
          new Labels(
              new ContainerId(value(labels, CONTAINER)),
              new ServiceId(value(labels, SERVICE)),
              new NodeId(value(labels, NODE)),
              value(labels, PREFIX + "name")));
    }

    private static String value(Map<String, String> labels, String name) {
      return Objects.requireNonNull(labels.get(name), name);
    }
  }

  /** The name on the Engine, where names are unique: the API's, and part of the uuid. */
  public static String engineName(String name, ContainerId container) {
    return name + "." + Uuids.shortForm(container.value());
  }
}
