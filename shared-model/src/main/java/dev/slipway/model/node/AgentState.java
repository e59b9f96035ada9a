package dev.slipway.model.node;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent reports of itself with each heartbeat.
 *
 * @param session which run of which agent this is
 * @param seen the newest place of the log that the agent has read, null if it has read none
 * @param problem why the agent acts on no assignments at present, null if it does
 * @param unowned containers on the Engine that no assignment and no list accounts for
 */
public record AgentState(
    @Nullable Session session,
    @Nullable LogStamp seen,
    @Nullable String problem,
    List<Unowned> unowned) {

  public AgentState {
    unowned = List.copyOf(unowned);
  }

  /**
   * One run of an agent.
   *
   * @param id drawn at each start
   * @param host the machine that the agent runs on
   */
  public record Session(String id, String host) {}

  /**
   * A container that the agent keeps without knowing who wants it.
   *
   * @param service by the container's label; null in reports of older agents
   * @param place in its service, by its labels; null if the agent did not report it
   * @param made the place in the log that it was made at, by its labels; null if not known
   */
  public record Unowned(
      ContainerId container,
      String name,
      String reason,
      @Nullable ServiceId service,
      @Nullable SlotGeneration place,
      @Nullable LogStamp made) {

    public Unowned(ContainerId container, String name, String reason) {
      this(container, name, reason, null);
    }

    public Unowned(ContainerId container, String name, String reason, @Nullable ServiceId service) {
      this(container, name, reason, service, null, null);
    }
  }
}
