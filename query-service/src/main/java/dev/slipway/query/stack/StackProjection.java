package dev.slipway.query.stack;

import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.events.Change;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.projection.EventsMissing;
import dev.slipway.query.projection.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Folds the events of stacks into stacks. */
final class StackProjection implements Projection<Envelope<Object>> {

  private final Stacks stacks;
  private final StackStates states;
  private final StackHistory history;
  private final AppliedVersions applied;
  private final EventFeed feed;

  StackProjection(
      Stacks stacks,
      StackStates states,
      StackHistory history,
      AppliedVersions applied,
      EventFeed feed) {
    this.stacks = stacks;
    this.states = states;
    this.history = history;
    this.applied = applied;
    this.feed = feed;
  }

  @Override
  public Topics topic() {
    return Topics.STACK_EVENTS;
  }

  @Override
  public void prepare() {
    stacks.prepare();
    history.prepare();
    feed.prepare();
  }

  @Override
  public void forget() {
    stacks.clear();
    states.clear();
    history.clear();
    applied.forget();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.STOPS;
  }

  @Override
  public Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
    var envelope = EventRecords.read(kafka);
    if (!(envelope.event() instanceof StackEvent)) {
      throw new IllegalArgumentException(envelope.event().getClass() + " is no stack's event");
    }
    return envelope;
  }

  @Override
  public void apply(List<Message<Envelope<Object>>> messages) throws EventsMissing {
    var views =
        stacks.load(messages.stream().map(m -> m.value().subject()).collect(Collectors.toSet()));
    var shown = new HashMap<String, Long>();
    var causes = new HashMap<String, Envelope<?>>();
    var changes = new ArrayList<Change>();
    for (var message : messages) {
      var envelope = message.value();
      long version = version(views.get(envelope.subject()));
      if (envelope.sequence() > version + 1) {
        var subject = "stack " + envelope.subject();
        throw new EventsMissing(message, subject, version, envelope.sequence());
      }
      if (envelope.sequence() == version + 1) {
        var before = views.get(envelope.subject());
        var next = Stack.evolve(before, (StackEvent) envelope.event(), envelope.at());
        views.put(envelope.subject(), next);
        changes.add(change(envelope, next));
      }
      causes.put(envelope.subject(), envelope);
      shown.put(envelope.subject(), Math.max(version, envelope.sequence()));
    }
    feed.store(changes);
    history.add(messages.stream().map(Message::value).toList());
    stacks.write(views.values());
    applied.show(View.STACK, shown);
    feed.release(changes);
    states.mayHaveChanged(causes);
  }

  private static long version(@Nullable Stack stack) {
    return stack == null ? -1 : stack.version();
  }

  private Change change(Envelope<Object> envelope, Stack after) {
    return Change.of(envelope, after.namespace(), things((StackEvent) envelope.event(), after));
  }

  /** Services tell of their own changes, and {@link StackStates} of what work makes of a stack. */
  private List<Thing> things(StackEvent event, Stack stack) {
    return switch (event) {
      case StackCreated _ -> List.of(StackStates.thing(stack, Verb.CREATE, StackStates.atFirst()));
      case StackRenamed _ ->
          List.of(StackStates.thing(stack, Verb.UPDATE, stacks.state(stack).text()));
      case StackTerminated _ ->
          List.of(StackStates.thing(stack, Verb.DELETE, stacks.state(stack).text()));
      case StackDefined _, StackOperationBegun _, StackOperationEnded _ -> List.of();
    };
  }
}
