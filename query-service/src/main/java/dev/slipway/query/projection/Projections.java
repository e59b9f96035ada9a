package dev.slipway.query.projection;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.wire.Topics;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** All loops of the process: starts and stops them, and knows whether the views can be read. */
public final class Projections implements SmartLifecycle {

  private final List<ProjectionLoop> loops;
  private final boolean shared;
  private volatile boolean running;

  /**
   * @param shared whether other instances read a part of the partitions
   */
  Projections(List<ProjectionLoop> loops, boolean shared) {
    this.loops = List.copyOf(loops);
    this.shared = shared;
  }

  @Override
  public void start() {
    running = true;
    loops.forEach(ProjectionLoop::start);
  }

  @Override
  public void stop() {
    loops.parallelStream().forEach(ProjectionLoop::stop);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Whether other instances apply a part of what happens. */
  public boolean areShared() {
    return shared;
  }

  List<ProjectionLoop> loops() {
    return loops;
  }

  /**
   * @throws ApiFailure 503 while views of events are being built: what they show is not true yet
   */
  public void requireBuilt() {
    if (!areBuilt()) {
      throw ApiFailure.unavailable(
          "the read model is being built: %d %%".formatted(percentOfEvents()));
    }
  }

  /** Whether views of events show all that had happened when this process began. */
  public boolean areBuilt() {
    return ofEvents().stream().allMatch(ProjectionStatus::isBuilt);
  }

  /** How many records of events and reports are not in the views yet. */
  public long recordsBehind() {
    return ofEvents().stream()
        .mapToLong(status -> status.topics().stream().mapToLong(status::lag).sum())
        .sum();
  }

  /** How many partitions or subjects wait behind a record that cannot be applied. */
  public int parked() {
    return loops.stream().mapToInt(loop -> loop.status().waiting()).sum();
  }

  private int percentOfEvents() {
    return ofEvents().stream().mapToInt(ProjectionStatus::percent).min().orElse(0);
  }

  /** Log lines may still come in while all else is read. */
  private List<ProjectionStatus> ofEvents() {
    return loops.stream()
        .map(ProjectionLoop::status)
        .filter(status -> !status.topics().contains(Topics.LOGS.topic()))
        .toList();
  }

  /** Whether this process itself applies what happens to the thing of this id. */
  boolean own(Topics topic, String id) {
    return loops.stream().anyMatch(loop -> loop.status().owns(topic.topic(), id));
  }
}
