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
 * @param condition null if its node has reported none
 */
public record ContainerRuntime(
    @Nullable String engineId,
    @Nullable ImageFacts image,
    @Nullable String ipAddress,
    List<PublishedPort> ports,
    @Nullable Ended ended,
    int restarts,
    @Nullable String failure,
    Dates dates,
    @Nullable ContainerCondition condition) {

  public ContainerRuntime {
    ports = List.copyOf(ports);
  }

  /**
   * How it ended the last time, also if its Engine has started it again since.
   *
   * @param exitCode null where the Engine does not know it
   * @param finishedAt by the Engine's clock, null where it was not reported
   */
  public record Ended(
      Instant at,
      @Nullable Integer exitCode,
      boolean oomKilled,
      @Nullable String error,
      @Nullable Instant finishedAt) {

    public boolean isSuccess() {
      return exitCode != null && exitCode == 0;
    }

    /** In words. */
    public String text() {
      return (exitCode == null ? "does not run" : "ended with exit code " + exitCode)
          + (oomKilled ? ", out of memory" : "");
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
        null, null, null, List.of(), null, 0, null, new Dates(at, null, null, null), null);
  }

  ContainerRuntime created(String engineId, @Nullable ImageFacts image) {
    return new ContainerRuntime(
        engineId, image, ipAddress, ports, ended, restarts, failure, dates, null);
  }

  ContainerRuntime in(@Nullable ContainerCondition condition) {
    return new ContainerRuntime(
        engineId, image, ipAddress, ports, ended, restarts, failure, dates, condition);
  }

  /** An end that its Engine has followed by another start is remembered until one that is asked. */
  ContainerRuntime started(ContainerStarted event, boolean fresh, Instant at) {
    var restart = event.restart();
    var last =
        restart == null
            ? ended
            : new Ended(at, restart.exitCode(), restart.oomKilled(), null, null);
    return new ContainerRuntime(
        event.engineId(),
        image,
        event.ipAddress(),
        event.ports(),
        fresh && restart == null ? null : last,
        restarts(restart, fresh),
        null,
        new Dates(dates.deployed, at, null, dates.destroyed),
        event.condition());
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

  /**
   * @param ended null if nobody knows how
   */
  ContainerRuntime stopped(@Nullable Ended ended, Instant at) {
    return new ContainerRuntime(
        engineId,
        image,
        null,
        List.of(),
        ended,
        restarts,
        failure,
        new Dates(dates.deployed, dates.started, at, dates.destroyed),
        null);
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
        new Dates(dates.deployed, dates.started, dates.stopped, at),
        null);
  }
}
