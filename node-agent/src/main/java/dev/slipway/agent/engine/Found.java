package dev.slipway.agent.engine;

import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerHealth;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import java.time.Instant;
import java.util.HashMap;
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
 * @param startedAt when it was started last, by the Engine's clock; null if it never was
 * @param health by the health check of its image, null without one
 * @param paused whether its processes are frozen
 * @param gateway the host's address in the container's network, null unless it runs in one
 */
public record Found(
    Labels labels,
    String engineId,
    State state,
    @Nullable String ipAddress,
    List<PublishedPort> ports,
    @Nullable End end,
    @Nullable Restarts restarts,
    @Nullable Instant startedAt,
    @Nullable ContainerHealth health,
    boolean paused,
    @Nullable String gateway) {

  public Found {
    ports = List.copyOf(ports);
  }

  public Found(
      Labels labels,
      String engineId,
      State state,
      @Nullable String ipAddress,
      List<PublishedPort> ports,
      @Nullable End end,
      @Nullable Restarts restarts,
      @Nullable Instant startedAt,
      @Nullable ContainerHealth health,
      boolean paused) {
    this(labels, engineId, state, ipAddress, ports, end, restarts, startedAt, health, paused, null);
  }

  public Found(
      Labels labels,
      String engineId,
      State state,
      @Nullable String ipAddress,
      List<PublishedPort> ports,
      @Nullable End end,
      @Nullable Restarts restarts) {
    this(labels, engineId, state, ipAddress, ports, end, restarts, null, null, false, null);
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

  /**
   * How it ended.
   *
   * @param exitCode null where the Engine does not know it
   */
  public record End(
      @Nullable Integer exitCode, boolean oomKilled, @Nullable String error, Instant at) {}

  /**
   * What it carries on it: this, and nothing else, makes it ours.
   *
   * @param stamp the place in the log that it was made at, null if an older agent made it
   * @param place in its service, null if not known
   */
  public record Labels(
      ContainerId container,
      ServiceId service,
      NodeId node,
      String name,
      @Nullable LogStamp stamp,
      @Nullable SlotGeneration place) {

    public Labels(
        ContainerId container,
        ServiceId service,
        NodeId node,
        String name,
        @Nullable LogStamp stamp) {
      this(container, service, node, name, stamp, null);
    }

    public Labels(ContainerId container, ServiceId service, NodeId node, String name) {
      this(container, service, node, name, null);
    }

    static final String PREFIX = "dev.slipway.";
    static final String SERVICE = PREFIX + "service";
    static final String SLOT = PREFIX + "slot";
    static final String GENERATION = PREFIX + "generation";
    static final String DATA = PREFIX + "data";
    static final String CONTAINER = PREFIX + "container";
    static final String NODE = PREFIX + "node";
    static final String INSTALLATION = PREFIX + "installation";
    static final String EPOCH = PREFIX + "epoch";
    static final String TERM = PREFIX + "term";
    static final String POSITION = PREFIX + "position";

    static Map<String, String> of(NodeId node, Assignment assignment) {
      var spec = assignment.spec();
      var labels = new HashMap<String, String>();
      labels.put(CONTAINER, assignment.container().value());
      labels.put(SERVICE, assignment.service().value());
      labels.put(NODE, node.value());
      labels.put(PREFIX + "namespace", spec.namespace().value());
      labels.put(PREFIX + "name", spec.name());
      labels.put(SLOT, Integer.toString(spec.slot()));
      labels.put(GENERATION, Integer.toString(spec.generation()));
      var data = spec.data();
      if (data != null) {
        labels.put(DATA, data.toString());
      }
      var stamp = assignment.stamp();
      if (stamp != null) {
        labels.put(INSTALLATION, stamp.installation());
        labels.put(EPOCH, Integer.toString(stamp.epoch()));
        labels.put(TERM, stamp.term().text());
        labels.put(POSITION, Long.toString(stamp.position()));
      }
      return labels;
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
              value(labels, PREFIX + "name"),
              stamp(labels),
              place(labels)));
    }

    private static @Nullable LogStamp stamp(Map<String, String> labels) {
      return LogStamp.of(
              labels.get(INSTALLATION), labels.get(EPOCH), labels.get(TERM), labels.get(POSITION))
          .orElse(null);
    }

    /** Users may set such labels too, so they may be no numbers. */
    private static @Nullable SlotGeneration place(Map<String, String> labels) {
      var data = labels.get(DATA);
      try {
        return new SlotGeneration(
            Integer.parseInt(value(labels, SLOT)),
            Integer.parseInt(value(labels, GENERATION)),
            data == null ? null : Integer.valueOf(data));
      } catch (NumberFormatException | NullPointerException malformed) {
        return null;
      }
    }

    private static String value(Map<String, String> labels, String name) {
      return Objects.requireNonNull(labels.get(name), name);
    }
  }

  /** The same once it was started, or has ended. */
  Found simulated(
      @Nullable String ipAddress, List<PublishedPort> ports, @Nullable End end, Instant startedAt) {
    var state = end == null ? State.RUNNING : State.EXITED;
    return new Found(
        labels, engineId, state, ipAddress, ports, end, null, startedAt, null, false, null);
  }

  /** The same but for what changes while it runs. */
  public Found withoutCondition() {
    return new Found(
        labels, engineId, state, ipAddress, ports, end, restarts, startedAt, null, false, null);
  }

  /**
   * The name on the Engine, where names are unique: the API's, that of the stack, part of the uuid.
   */
  public static String engineName(ContainerSpec spec, ContainerId container) {
    var stack = spec.stack();
    return engineName(stack == null ? spec.name() : spec.name() + "." + stack, container);
  }

  static String engineName(String name, ContainerId container) {
    return name + "." + Uuids.shortForm(container.value());
  }
}
