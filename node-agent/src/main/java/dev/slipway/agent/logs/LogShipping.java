package dev.slipway.agent.logs;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.container.ContainerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Follows what every container writes, from where it was left. */
public final class LogShipping implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  private final Engine engine;
  private final LogLines lines;
  private final Path folder;
  private final Map<ContainerId, ContainerLog> logs = new ConcurrentHashMap<>();

  public LogShipping(Engine engine, LogLines lines, Path folder) {
    this.engine = engine;
    this.lines = lines;
    this.folder = folder;
  }

  /** Follows the container, unless that is done already. */
  public void ship(Found found) {
    logs.computeIfAbsent(
            found.labels().container(), _ -> new ContainerLog(found.labels(), lines, folder))
        .follow(engine, found);
  }

  /** Ships the rest of a container that is about to go, and forgets it. */
  public void finish(Found found) {
    var log = logs.remove(found.labels().container());
    if (log != null) {
      log.finish(LONGEST_SILENCE);
    }
  }

  /** Keeps how far each has come. */
  public void savePositions() {
    logs.values().forEach(ContainerLog::savePosition);
  }

  @Override
  public void close() {
    logs.values().forEach(ContainerLog::close);
    savePositions();
  }
}
