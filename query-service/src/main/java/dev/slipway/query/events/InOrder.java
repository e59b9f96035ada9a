package dev.slipway.query.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings changes that come from several topics, each in its own order, into the order of the log
 * again. A change waits a moment for those before it if the number before its own was not seen;
 * what comes later than that is put behind what was let out already. Not safe for several threads.
 */
final class InOrder {

  /** Room between two positions for the things that one event changed. */
  static final long SPAN = 1_000;

  private final long holdNanos;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final Map<String, Waiting> byId = new HashMap<>();
  private long lastPosition = -1;
  private long lastOrder = -1;

  private static final class Waiting {
    final Change change;
    final long order;
    final boolean late;
    final long since;
    List<StreamEvent> events;
    boolean ready;

    Waiting(Change change, long order, boolean late, long since) {
      this.change = change;
      this.order = order;
      this.late = late;
      this.since = since;
      var made = new ArrayList<StreamEvent>();
      for (var thing : change.things()) {
        made.add(StreamEvent.of(change, thing, order + made.size()));
      }
      this.events = made;
    }

    long end() {
      return order + Math.max(0, change.things().size() - 1);
    }
  }

  /**
   * @param holdNanos how long a change waits for those before it
   */
  InOrder(long holdNanos) {
    this.holdNanos = holdNanos;
  }

  /** Everything up to this order has been let out; what waits comes behind it. */
  void beginAfter(long order) {
    lastOrder = order;
    var left = List.copyOf(waiting.values());
    waiting.clear();
    byId.clear();
    long next = order + 1;
    for (var one : left) {
      var moved = new Waiting(one.change, next, true, one.since);
      moved.ready = one.ready;
      put(moved);
      next = moved.end() + 1;
    }
  }

  /** The order of the last event that was let out. */
  long lastOrder() {
    return lastOrder;
  }

  /** Gives a change its place; the events that it stands for, with their orders. */
  List<StreamEvent> add(Change change, long now) {
    var known = byId.get(change.id());
    if (known != null) {
      return known.events;
    }
    long order = change.position() * SPAN;
    boolean late = order <= lastOrder;
    if (late) {
      order = lastOrder + 1;
    }
    while (waiting.containsKey(order)) {
      order = waiting.get(order).end() + 1;
    }
    var added = new Waiting(change, order, late, now);
    put(added);
    return added.events;
  }

  private void put(Waiting added) {
    waiting.put(added.order, added);
    byId.put(added.change.id(), added);
  }

  /** An event was stored earlier, in its place of then; if that is let out, so is the event. */
  void wasThere(Change change, StreamEvent stored) {
    var known = byId.get(change.id());
    if (known == null) {
      return;
    }
    var left = new ArrayList<StreamEvent>();
    for (var event : known.events) {
      if (!event.uuid().equals(stored.uuid())) {
        left.add(event);
      } else if (stored.order() > lastOrder) {
        left.add(event.at(stored.order()));
      }
    }
    known.events = left;
  }

  /** The views show the change. */
  void ready(Change change) {
    var known = byId.get(change.id());
    if (known != null) {
      known.ready = true;
    }
  }

  /** What may be told now, in order. */
  List<StreamEvent> letOut(long now) {
    var out = new ArrayList<StreamEvent>();
    while (!waiting.isEmpty()) {
      var first = waiting.firstEntry().getValue();
      boolean next = first.late || first.change.position() <= lastPosition + 1;
      if (!first.ready || !(next || now - first.since >= holdNanos)) {
        break;
      }
      waiting.pollFirstEntry();
      byId.remove(first.change.id());
      out.addAll(first.events);
      lastPosition = Math.max(lastPosition, first.change.position());
      lastOrder = Math.max(lastOrder, first.end());
    }
    return out;
  }

  /** Forgets what is ready, for as long as nobody is told. */
  void passOver() {
    for (var entry : List.copyOf(waiting.values())) {
      if (entry.ready) {
        waiting.remove(entry.order);
        byId.remove(entry.change.id());
        lastPosition = Math.max(lastPosition, entry.change.position());
      }
    }
  }
}
