package dev.slipway.query.projection;

import dev.slipway.model.api.ReadModel.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** The versions that were written lately, and who waits for the next ones. */
public final class AppliedVersions {

  private static final int REMEMBERED = 20_000;

  private record Key(View view, String id) {}

  private record Waiting(long version, CompletableFuture<Void> arrival) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, List<Waiting>> waiting = new HashMap<>();
  private final LinkedHashMap<Key, Long> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Says that views show these versions. */
  public void show(View view, Map<String, Long> versions) {
    var arrived = new ArrayList<CompletableFuture<Void>>();
    lock.lock();
    try {
      versions.forEach(
          (id, version) -> {
            var key = new Key(view, id);
            recent.merge(key, version, Math::max);
            arrived.addAll(arrivals(key, version));
          });
    } finally {
      lock.unlock();
    }
    arrived.forEach(arrival -> arrival.complete(null));
  }

  private List<CompletableFuture<Void>> arrivals(Key key, long version) {
    var waiters = waiting.get(key);
    if (waiters == null) {
      return List.of();
    }
    var arrived = waiters.stream().filter(w -> w.version <= version).toList();
    waiters.removeAll(arrived);
    if (waiters.isEmpty()) {
      waiting.remove(key);
    }
    return arrived.stream().map(Waiting::arrival).toList();
  }

  /** Forgets which versions were shown: the views are built again. */
  public void forget() {
    lock.lock();
    try {
      recent.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Ends when the version is shown, at once if it is already. To be handed back if given up. */
  CompletableFuture<Void> arrival(View view, String id, long version) {
    var key = new Key(view, id);
    lock.lock();
    try {
      var shown = recent.get(key);
      if (shown != null && shown >= version) {
        return CompletableFuture.completedFuture(null);
      }
      var arrival = new CompletableFuture<Void>();
      waiting.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Waiting(version, arrival));
      return arrival;
    } finally {
      lock.unlock();
    }
  }

  void giveUp(View view, String id, CompletableFuture<Void> arrival) {
    var key = new Key(view, id);
    lock.lock();
    try {
      var waiters = waiting.get(key);
      if (waiters != null && waiters.removeIf(w -> w.arrival == arrival) && waiters.isEmpty()) {
        waiting.remove(key);
      }
    } finally {
      lock.unlock();
    }
  }

  int waiters() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(List::size).sum();
    } finally {
      lock.unlock();
    }
  }
}
