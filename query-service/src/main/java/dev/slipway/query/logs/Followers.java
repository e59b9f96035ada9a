package dev.slipway.query.logs;

import dev.slipway.query.stream.Follower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;

/** Who follows which lines in this process. All are let go before the process ends. */
final class Followers implements SmartLifecycle, MeterBinder {

  private static final int ROOM = 64_000_000;
  private static final int LEAST = 2_000_000;

  private final int room;
  private final Map<LogTarget, Set<Follower<List<KeptLine>>>> followers = new ConcurrentHashMap<>();
  private volatile boolean running;

  Followers() {
    this(ROOM);
  }

  /**
   * @param room in characters, for what all targets together have on its way: those who follow the
   *     same one share its lines
   */
  Followers(int room) {
    this.room = room;
  }

  Follower<List<KeptLine>> follow(LogTarget target) {
    var follower = new Follower<List<KeptLine>>(roomForOneMore());
    followers.compute(
        target,
        (_, present) -> {
          var all =
              present == null ? ConcurrentHashMap.<Follower<List<KeptLine>>>newKeySet() : present;
          all.add(follower);
          return all;
        });
    if (!running) {
      follower.close();
    }
    return follower;
  }

  void leave(LogTarget target, Follower<List<KeptLine>> follower) {
    follower.close();
    followers.computeIfPresent(
        target,
        (_, present) -> {
          present.remove(follower);
          return present.isEmpty() ? null : present;
        });
  }

  private int roomForOneMore() {
    return Math.max(LEAST, room / (2 + followers.size()));
  }

  /** To be called once the lines are stored. */
  void publish(List<LogChunk> chunks) {
    if (followers.isEmpty()) {
      return;
    }
    for (var chunk : chunks) {
      offer(chunk, LogTarget.service(chunk.first().service().value()));
      offer(chunk, LogTarget.container(chunk.first().container().value()));
    }
  }

  private void offer(LogChunk chunk, LogTarget target) {
    var of = followers.get(target);
    if (of != null) {
      int size = chunk.lines().stream().mapToInt(KeptLine::size).sum();
      of.forEach(one -> one.offer(chunk.lines(), size));
    }
  }

  int count() {
    return followers.values().stream().mapToInt(Set::size).sum();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.log.streams", this, Followers::count)
        .description("Readers that follow log lines")
        .register(registry);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    followers.values().forEach(all -> all.forEach(Follower::close));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
