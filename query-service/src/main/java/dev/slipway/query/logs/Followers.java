package dev.slipway.query.logs;

import dev.slipway.query.stream.Follower;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;

/** Who follows which lines in this process. All are let go before the process ends. */
final class Followers implements SmartLifecycle, MeterBinder {

  private static final int ROOM = 2_000_000;

  private final Map<LogTarget, Set<Follower<KeptLine>>> followers = new ConcurrentHashMap<>();
  private volatile boolean running;

  Follower<KeptLine> follow(LogTarget target) {
    var follower = new Follower<KeptLine>(ROOM);
    followers.compute(
        target,
        (_, present) -> {
          var all = present == null ? ConcurrentHashMap.<Follower<KeptLine>>newKeySet() : present;
          all.add(follower);
          return all;
        });
    if (!running) {
      follower.close();
    }
    return follower;
  }

  void leave(LogTarget target, Follower<KeptLine> follower) {
    follower.close();
    followers.computeIfPresent(
        target,
        (_, present) -> {
          present.remove(follower);
          return present.isEmpty() ? null : present;
        });
  }

  /** To be called once the lines are stored. */
  void publish(Collection<KeptLine> lines) {
    if (followers.isEmpty()) {
      return;
    }
    for (var line : lines) {
      offer(LogTarget.service(line.line().service().value()), line);
      offer(LogTarget.container(line.line().container().value()), line);
    }
  }

  private void offer(LogTarget target, KeptLine line) {
    followers.getOrDefault(target, Set.of()).forEach(follower -> follower.offer(line, line.size()));
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
