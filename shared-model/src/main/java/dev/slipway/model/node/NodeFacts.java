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
 * @param engine null while the Engine does not answer, of a simulated one, and of older agents
 * @param engineProblem why the Engine cannot be used, as a predicate to follow its name ("does not
 *     answer at …", "refuses: …"); null while it can be used
 */
public record NodeFacts(
    String name,
    List<String> tags,
    String publicAddress,
    @Nullable String engineVersion,
    Capacity capacity,
    boolean simulated,
    @Nullable Engine engine,
    @Nullable String engineProblem) {

  public NodeFacts {
    tags = List.copyOf(tags);
  }

  /** A node whose Engine works, and of which no more is known. */
  public NodeFacts(
      String name,
      List<String> tags,
      String publicAddress,
      @Nullable String engineVersion,
      Capacity capacity,
      boolean simulated) {
    this(name, tags, publicAddress, engineVersion, capacity, simulated, null, null);
  }

  /** In whole processors, MB and MB. */
  public record Capacity(int cpus, long memoryMb, long diskMb) {}

  /**
   * An Engine.
   *
   * @param product such as "Docker Engine"
   * @param apiVersion that its agent speaks with it
   * @param operatingSystem of its host, such as "Debian GNU/Linux 13 (trixie)"
   * @param storageDriver such as "overlay2"
   * @param cgroupVersion 1 or 2
   * @param rootless whether it runs without the rights of root
   */
  public record Engine(
      String product,
      String apiVersion,
      @Nullable String operatingSystem,
      @Nullable String storageDriver,
      @Nullable String cgroupVersion,
      boolean rootless) {}
}
