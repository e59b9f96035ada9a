package dev.slipway.query.stack;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.events.Change;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.events.EventType;
import dev.slipway.query.projection.ViewCollection;
import dev.slipway.query.service.StackWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells when a stack has another state, which follows from the work on it and from its services.
 * Their projections ask for it when they have written what they know and not before: so whichever
 * comes last sees all. A state is remembered once it is told: after a crash it is told again, and
 * of instances that share the partitions two may tell the same.
 */
final class StackStates implements StackWatch {

  private static final String STATE = "state";

  private final Stacks stacks;
  private final EventFeed feed;
  private final ViewCollection told;
  private final ReentrantLock lock = new ReentrantLock();

  StackStates(MongoDatabase database, Stacks stacks, EventFeed feed) {
    this.stacks = stacks;
    this.feed = feed;
    this.told = new ViewCollection(database, "stack_states");
  }

  /** Forgets which states were reported. */
  void clear() {
    told.clear();
  }

  @Override
  public void mayHaveChanged(Map<String, Envelope<?>> causes) {
    if (causes.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      var before = told.load(causes.keySet());
      var now = new HashMap<String, String>();
      var changes = new ArrayList<Change>();
      for (var whole : stacks.present(causes.keySet())) {
        var id = whole.stack().id().value();
        var state = whole.state().text();
        var last = before.get(id);
        if (!state.equals(last == null ? atFirst() : last.getString(STATE))) {
          now.put(id, state);
          changes.add(change(Objects.requireNonNull(causes.get(id)), whole.stack(), state));
        }
      }
      feed.store(changes);
      feed.release(changes);
      now.forEach(this::remember);
    } finally {
      lock.unlock();
    }
  }

  /** With it a stack is told of when it is created, before it has services. */
  static String atFirst() {
    return ServiceLifecycle.NOT_RUNNING.text();
  }

  /** One event may be the cause of several states, as the read model comes to know of others. */
  private static Change change(Envelope<?> cause, Stack stack, String state) {
    return new Change(
        cause.id() + "|" + state,
        cause.position(),
        cause.at(),
        stack.namespace(),
        List.of(thing(stack, Verb.UPDATE, state)));
  }

  static Thing thing(Stack stack, Verb verb, String state) {
    var uri = ResourceUri.of(stack.namespace(), stack.id());
    return new Thing(EventType.STACK, verb, uri, List.of(), state);
  }

  private void remember(String stack, String state) {
    told.documents()
        .updateOne(
            eq(ViewCollection.ID, stack), set(STATE, state), new UpdateOptions().upsert(true));
  }
}
