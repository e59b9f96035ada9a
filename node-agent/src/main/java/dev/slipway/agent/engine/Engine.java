package dev.slipway.agent.engine;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent asks of an Engine. Every call ends within its time.
 *
 * @see EngineRefused
 * @see EngineUnavailable
 */
public interface Engine {

  /**
   * What the Engine is.
   *
   * @param facts null of one that is simulated
   */
  record About(
      String version, Capacity capacity, NodeFacts.@Nullable Engine facts, boolean simulated) {}

  About about();

  /**
   * The number of the connection to the Engine. After another one was made, what was known of the
   * Engine may be wrong: it was restarted, upgraded or replaced.
   */
  default int connection() {
    return 0;
  }

  /** What it has under the name. */
  Optional<Image> image(String name);

  /**
   * Pulls the image.
   *
   * @param login to send to the registry, null for none
   * @param toFirstAnswer how long the registry may take until it answers; zero for as long as the
   *     Engine waits for it
   * @throws EngineRefused if that fails
   */
  void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer);

  /**
   * Makes the container from the image that the name now stands for.
   *
   * @return the Engine's own id of the container
   * @throws NameInUse if it has been made before
   */
  String create(NodeId node, Assignment assignment, Image image);

  /**
   * Starts it; does nothing if it runs already, or is gone. A network of ours that it needs and
   * that somebody has removed is made again.
   *
   * @throws EngineRefused if the Engine does not start it
   */
  void start(String engineId);

  /** Asks it to end, and makes it end when the time is over. */
  void stop(String engineId, Duration patience);

  /** Removes it with its anonymous volumes, running or not; does nothing if it is gone. */
  void remove(String engineId);

  /**
   * Removes the volumes that the container's slot has kept so far; those in use stay.
   *
   * @return whether none of them is left
   */
  boolean eraseVolumes(Assignment assignment);

  /** The container as the Engine has it, whatever its name on the Engine is by now. */
  Optional<Found> find(NodeId node, ContainerId container);

  /** Every container of ours on this node. */
  List<Found> list(NodeId node);

  /**
   * Removes what this node's containers shared and none of them needs any more.
   *
   * @param unneeded for how long that must be so: what comes next may need it again
   */
  default void tidy(NodeId node, Duration unneeded) {}

  /** Tells of each change of a container of ours until it is closed. */
  AutoCloseable watch(NodeId node, Watcher watcher);

  /**
   * What the container has written since then and, if followed, what it writes until it ends. An
   * Engine that is followed may leave out lines of a container that writes faster than they are
   * read; one that is not never does.
   */
  AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink);

  /**
   * Runs a command in a running container, on a terminal of its own.
   *
   * @param command as a shell would be given it
   * @param sink of what the terminal shows, and of the command's end
   */
  default Terminal exec(String engineId, String command, int width, int height, LogSink sink) {
    throw new EngineRefused("commands can not be run in this container");
  }

  /**
   * Why a running container does not pass the check, empty if it does.
   *
   * @param net as the attribute has it
   */
  default Optional<String> problem(Found found, HealthCheck check, String net) {
    return Optional.empty();
  }

  /** Where a command that runs is typed to; closing it ends a command that heeds its terminal. */
  interface Terminal extends AutoCloseable {

    /**
     * Never waits.
     *
     * @return false if it is not taken, because the command has much to read already
     */
    boolean type(byte[] bytes);

    @Override
    void close();
  }

  /** Is told of changes. */
  interface Watcher {
    void changed(Found.Labels container);

    /** It was started. */
    default void started(Found.Labels container) {
      changed(container);
    }

    /** No more changes will be told: the connection ended. */
    void ended();
  }

  /** Takes what a container writes. */
  interface LogSink {
    void bytes(boolean stderr, byte[] bytes);

    void ended();

    /**
     * The command behind it has ended.
     *
     * @param exitCode null if the Engine does not know it
     */
    default void ended(@Nullable Integer exitCode) {
      ended();
    }
  }
}
