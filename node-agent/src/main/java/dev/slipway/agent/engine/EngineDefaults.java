package dev.slipway.agent.engine;

import org.jspecify.annotations.Nullable;

/**
 * What holds for every container of a node.
 *
 * @param publishAddress on which ports are published
 * @param processes the most that one may have at a time; -1 for any number
 * @param logSize of one file of what it writes, such as {@code 10m}, before the next is begun
 * @param logFiles how many of these files are kept
 * @param init whether docker-init is the first process of containers whose service does not say;
 *     null for the Engine's own default
 * @param apiUrl where the API is reached from this host, null if containers reach it without help
 * @param hostRoot where the agent has the files of its host; null if it has no others
 */
public record EngineDefaults(
    String publishAddress,
    long processes,
    String logSize,
    int logFiles,
    @Nullable String hostRoot,
    @Nullable Boolean init,
    @Nullable String apiUrl) {

  /** With docker-init as the Engine itself says. */
  public EngineDefaults(
      String publishAddress,
      long processes,
      String logSize,
      int logFiles,
      @Nullable String hostRoot) {
    this(publishAddress, processes, logSize, logFiles, hostRoot, null, null);
  }

  public static final EngineDefaults SAFE = new EngineDefaults("127.0.0.1", 4096, "50m", 3, null);
}
