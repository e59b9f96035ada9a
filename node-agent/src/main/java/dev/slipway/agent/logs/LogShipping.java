package dev.slipway.agent.logs;

import static java.util.stream.Collectors.toSet;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.ContainerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows what every container writes, from where it was left. */
public final class LogShipping implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  private final Engine engine;
  private final LogDestination destination;
  private final Path folder;
  private final Map<ContainerId, ContainerLog> logs = new ConcurrentHashMap<>();

  public LogShipping(Engine engine, LogDestination destination, Path folder) {
    this.engine = engine;
    this.destination = destination;
    this.folder = folder;
  }

  /** Follows the container, unless that is done already or it was finished. */
  public void ship(Found found) {
    if (found.state() != Found.State.CREATED) {
      log(found).follow(engine, found);
    }
  }

  /**
   * Ships the rest of a container that has ended and is about to go, whether or not it was followed
   * before: what an agent that ended before has left of it.
   */
  public void finish(Found found) {
    if (found.state() != Found.State.CREATED) {
      log(found).finish(engine, found, LONGEST_SILENCE);
    }
  }

  private ContainerLog log(Found found) {
    return logs.computeIfAbsent(
        found.labels().container(), _ -> new ContainerLog(found.labels(), destination, folder));
  }

  /** Forgets how far all others have come: they are neither there nor wanted. */
  public void keepOnly(Set<ContainerId> containers) {
    for (var container : List.copyOf(logs.keySet())) {
      if (!containers.contains(container)) {
        var gone = logs.remove(container);
        if (gone != null) {
          gone.close();
        }
      }
    }
    LogPosition.keepOnly(folder, containers.stream().map(ContainerId::value).collect(toSet()));
  }

  /** Keeps how far each has come, and reads again what was lost on its way. */
  public void savePositions() {
    logs.values().forEach(ContainerLog::mend);
    logs.values().forEach(ContainerLog::savePosition);
  }

  @Override
  public void close() {
    logs.values().forEach(ContainerLog::close);
    logs.values().forEach(ContainerLog::savePosition);
  }
}
