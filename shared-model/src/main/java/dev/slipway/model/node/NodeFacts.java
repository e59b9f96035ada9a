package dev.slipway.model.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is, as its agent sees it.
 *
 * @param name the name that its agent was given, mostly the host's
 * @param tags those the agent was started with
 * @param publicAddress where ports published on this node are reached
 * @param engineVersion null while the Engine does not answer
 */
public record NodeFacts(
    String name,
    List<String> tags,
    String publicAddress,
    @Nullable String engineVersion,
    Capacity capacity,
    boolean simulated) {

  public NodeFacts {
    tags = List.copyOf(tags);
  }

  /** In whole processors, MB and MB. */
  public record Capacity(int cpus, long memoryMb, long diskMb) {}
}
