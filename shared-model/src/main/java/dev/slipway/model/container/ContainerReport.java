package dev.slipway.model.container;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent found of one container. A report is a fact: it may be late or repeated, and is then
 * ignored, but it is never refused.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface ContainerReport {

  ServiceId service();

  ContainerId container();

  NodeId node();

  /** When the agent, or where it knows the Engine, saw it. */
  Instant at();

  /**
   * The Engine has made the container and has not started it yet.
   *
   * @param image what its image says, null if the agent cannot tell
   */
  record Created(
      ServiceId service,
      ContainerId container,
      NodeId node,
      Instant at,
      String engineId,
      @Nullable ImageFacts image)
      implements ContainerReport {}

  /**
   * The container runs, or its Engine is about to start it again. That is told once, and the next
   * time when it has run for a while.
   *
   * @param starts how often the agent has started it for the control plane
   * @param ipAddress in the container's own network, null with the host's network
   * @param restart how it ended just before, null mostly
   * @param startedAt when it was started last, by the Engine's clock; null from agents that do not
   *     report it
   * @param condition null from agents that do not report it
   */
  record Running(
      ServiceId service,
      ContainerId container,
      NodeId node,
      Instant at,
      int starts,
      String engineId,
      @Nullable String ipAddress,
      List<PublishedPort> ports,
      @Nullable Restart restart,
      @Nullable Instant startedAt,
      @Nullable ContainerCondition condition)
      implements ContainerReport {

    public Running(
        ServiceId service,
        ContainerId container,
        NodeId node,
        Instant at,
        int starts,
        String engineId,
        @Nullable String ipAddress,
        List<PublishedPort> ports,
        @Nullable Restart restart) {
      this(service, container, node, at, starts, engineId, ipAddress, ports, restart, null, null);
    }

    public Running {
      ports = List.copyOf(ports);
    }
  }

  /**
   * The container does not run, and the Engine will not restart it.
   *
   * @param starts how often the agent has started it for the control plane: tells an old end from a
   *     new one
   * @param exitCode null where none is known: it never ran, or is made again of one that ended
   * @param error what the Engine says of it, null mostly
   * @param early whether it ended before it had run for as long as its node monitors new
   *     containers, null if not
   */
  record Exited(
      ServiceId service,
      ContainerId container,
      NodeId node,
      Instant at,
      int starts,
      @Nullable Integer exitCode,
      boolean oomKilled,
      @Nullable String error,
      @Nullable Boolean early)
      implements ContainerReport {

    public Exited(
        ServiceId service,
        ContainerId container,
        NodeId node,
        Instant at,
        int starts,
        @Nullable Integer exitCode,
        boolean oomKilled,
        @Nullable String error) {
      this(service, container, node, at, starts, exitCode, oomKilled, error, null);
    }
  }

  /** The node cannot yet do what is wanted of the container, and tries again. */
  record Waiting(ServiceId service, ContainerId container, NodeId node, Instant at, String reason)
      implements ContainerReport {}

  /**
   * The Engine has nothing of the container any more but, maybe, its volumes.
   *
   * @param erased whether those are gone too, null from agents that do not tell
   */
  record Removed(
      ServiceId service, ContainerId container, NodeId node, Instant at, @Nullable Boolean erased)
      implements ContainerReport {

    public Removed(ServiceId service, ContainerId container, NodeId node, Instant at) {
      this(service, container, node, at, null);
    }
  }

  /** The Engine refused to make or start it, for the reason it gave, and nothing of it is left. */
  record Failed(ServiceId service, ContainerId container, NodeId node, Instant at, String reason)
      implements ContainerReport {}
}
