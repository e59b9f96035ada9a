package dev.slipway.model.container;

import dev.slipway.model.service.ServiceEvent.ContainerStarted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container's node has told of it.
 *
 * @param image what its image brings, null until its node has said so
 * @param restarts how often its Engine has started it again by itself since it was last asked to
 *     start: as often at least, since not every time is told
 * @param failure why it could not be made or started, null mostly
 */
public record ContainerRuntime(
    @Nullable String engineId,
    @Nullable ImageFacts image,
    @Nullable String ipAddress,
    List<PublishedPort> ports,
    @Nullable Ended ended,
    int restarts,
    @Nullable String failure,
    Dates dates) {

  public ContainerRuntime {
    ports = List.copyOf(ports);
  }

  /** How it ended the last time, also if its Engine has started it again since. */
  public record Ended(Instant at, int exitCode, boolean oomKilled, @Nullable String error) {

    public boolean isSuccess() {
      return exitCode == 0;
    }

    /** In words. */
    public String text() {
      return "ended with exit code %d%s".formatted(exitCode, oomKilled ? ", out of memory" : "");
    }
  }

  /** Each null until it happens. */
  public record Dates(
      Instant deployed,
      @Nullable Instant started,
      @Nullable Instant stopped,
      @Nullable Instant destroyed) {}

  static ContainerRuntime deployed(Instant at) {
    return new ContainerRuntime(
        null, null, null, List.of(), null, 0, null, new Dates(at, null, null, null));
  }

  ContainerRuntime created(String engineId, @Nullable ImageFacts image) {
    return new ContainerRuntime(engineId, image, ipAddress, ports, ended, restarts, failure, dates);
  }

  /** An end that its Engine has followed by another start is remembered until one that is asked. */
  ContainerRuntime started(ContainerStarted event, boolean fresh, Instant at) {
    var restart = event.restart();
    var last =
        restart == null ? ended : new Ended(at, restart.exitCode(), restart.oomKilled(), null);
    return new ContainerRuntime(
        event.engineId(),
        image,
        event.ipAddress(),
        event.ports(),
        fresh && restart == null ? null : last,
        restarts(restart, fresh),
        null,
        new Dates(dates.deployed, at, null, dates.destroyed));
  }

  /** Restarts that were told without their number are counted one by one. */
  private int restarts(@Nullable Restart restart, boolean fresh) {
    int before = fresh ? 0 : restarts;
    if (restart == null) {
      return before;
    }
    var times = restart.times();
    return times == null ? before + 1 : times;
  }

  ContainerRuntime stopped(Ended ended) {
    return new ContainerRuntime(
        engineId,
        image,
        null,
        List.of(),
        ended,
        restarts,
        failure,
        new Dates(dates.deployed, dates.started, ended.at(), dates.destroyed));
  }

  ContainerRuntime destroyed(Instant at, @Nullable String reason) {
    return new ContainerRuntime(
        engineId,
        image,
        null,
        List.of(),
        ended,
        restarts,
        reason,
        new Dates(dates.deployed, dates.started, dates.stopped, at));
  }
}
