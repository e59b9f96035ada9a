package dev.slipway.query.events;

import dev.slipway.query.stream.Follower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Tells of changes: keeps them for a while, and wakes those who follow. Projections store changes
 * before they write their views and release them after: who is told of a change can read it, and a
 * change that a crash came between is stored again with the same uuid.
 */
public final class EventFeed {

  private static final Duration HOLD = Duration.ofMillis(250);
  private static final int ROOM = 5_000;

  private final EventStore store;
  private final BooleanSupplier built;
  private final Duration maxAge;
  private final ReentrantLock lock = new ReentrantLock();
  private final InOrder inOrder = new InOrder(HOLD.toNanos());
  private final Map<Follower<StreamEvent>, Predicate<StreamEvent>> followers =
      new ConcurrentHashMap<>();
  private boolean telling;
  private boolean closed;

  /** A follower and the order of the last event before those that it gets. */
  record Following(Follower<StreamEvent> follower, long after) {}

  /**
   * @param built whether the views are: until then nobody is told of anything
   * @param maxAge of changes that are kept
   */
  EventFeed(EventStore store, BooleanSupplier built, Duration maxAge) {
    this.store = store;
    this.built = built;
    this.maxAge = maxAge;
  }

  public void prepare() {
    store.prepare();
  }

  /** Keeps the changes, in no view yet. Safe to repeat. */
  public void store(List<Change> changes) {
    var byUuid = new HashMap<String, Change>();
    var oldest = Instant.now().minus(maxAge);
    var events = ordered(changes, byUuid);
    var kept = events.stream().filter(event -> event.at().isAfter(oldest)).toList();
    events.stream()
        .filter(event -> !event.at().isAfter(oldest))
        .reduce((_, later) -> later)
        .ifPresent(store::noteDropped);
    var there = store.add(kept);
    lock.lock();
    try {
      there.forEach(
          event -> inOrder.wasThere(Objects.requireNonNull(byUuid.get(event.uuid())), event));
    } finally {
      lock.unlock();
    }
  }

  private List<StreamEvent> ordered(List<Change> changes, Map<String, Change> byUuid) {
    var events = new ArrayList<StreamEvent>();
    lock.lock();
    try {
      for (var change : changes) {
        for (var event : inOrder.add(change, System.nanoTime())) {
          events.add(event);
          byUuid.put(event.uuid(), change);
        }
      }
    } finally {
      lock.unlock();
    }
    return events;
  }

  /** The views show the changes: those who follow are told. */
  public void release(List<Change> changes) {
    lock.lock();
    try {
      changes.forEach(inOrder::ready);
      tell();
    } finally {
      lock.unlock();
    }
  }

  /** To be called often: what waited long enough is told. */
  void tick() {
    lock.lock();
    try {
      tell();
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    if (!isTelling()) {
      inOrder.passOver();
      return;
    }
    for (var event : inOrder.letOut(System.nanoTime())) {
      followers.forEach(
          (follower, wanted) -> {
            if (wanted.test(event)) {
              follower.offer(event, 1);
            }
          });
    }
  }

  private boolean isTelling() {
    if (!telling && built.getAsBoolean()) {
      inOrder.beginAfter(store.lastOrder());
      telling = true;
    }
    return telling;
  }

  /** Wakes whoever reads something else than the feed when something of a namespace changed. */
  public Signal signal(String namespace) {
    return new Signal(this, follow(event -> event.namespace().equals(namespace)).follower());
  }

  /** To be closed. */
  public static final class Signal implements AutoCloseable {

    private final EventFeed feed;
    private final Follower<StreamEvent> follower;

    private Signal(EventFeed feed, Follower<StreamEvent> follower) {
      this.feed = feed;
      this.follower = follower;
    }

    /** Until something changed, but not longer than that. */
    public void await(Duration atMost) throws InterruptedException {
      var _ = follower.take(atMost);
    }

    public boolean isClosed() {
      return follower.isClosed();
    }

    @Override
    public void close() {
      feed.leave(follower);
    }
  }

  Following follow(Predicate<StreamEvent> wanted) {
    var follower = new Follower<StreamEvent>(ROOM);
    lock.lock();
    try {
      boolean _ = isTelling();
      if (closed) {
        follower.close();
      }
      followers.put(follower, wanted);
      return new Following(follower, inOrder.lastOrder());
    } finally {
      lock.unlock();
    }
  }

  void leave(Follower<StreamEvent> follower) {
    follower.close();
    followers.remove(follower);
  }

  /** The position in the log of the last change that was sent to followers, -1 if none was. */
  public long position() {
    long order = lastOrder();
    return order < 0 ? -1 : order / InOrder.SPAN;
  }

  /** The order of the last event that was told. */
  long lastOrder() {
    lock.lock();
    try {
      return inOrder.lastOrder();
    } finally {
      lock.unlock();
    }
  }

  int followers() {
    return followers.size();
  }

  /** Lets all followers go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      followers.keySet().forEach(Follower::close);
    } finally {
      lock.unlock();
    }
  }
}
