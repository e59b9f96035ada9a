package dev.slipway.query.stack;

import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.projection.EventsMissing;
import dev.slipway.query.projection.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds the events of stacks into stacks. */
final class StackProjection implements Projection<Envelope<Object>> {

  private final Stacks stacks;
  private final AppliedVersions applied;

  StackProjection(Stacks stacks, AppliedVersions applied) {
    this.stacks = stacks;
    this.applied = applied;
  }

  @Override
  public Topics topic() {
    return Topics.STACK_EVENTS;
  }

  @Override
  public void prepare() {
    stacks.prepare();
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
    for (var message : messages) {
      var envelope = message.value();
      var stack = views.get(envelope.subject());
      long version = stack == null ? -1 : stack.version();
      if (envelope.sequence() > version + 1) {
        throw new EventsMissing(
            message, "stack " + envelope.subject(), version, envelope.sequence());
      }
      if (envelope.sequence() == version + 1) {
        views.put(
            envelope.subject(), Stack.evolve(stack, (StackEvent) envelope.event(), envelope.at()));
      }
      shown.put(envelope.subject(), Math.max(version, envelope.sequence()));
    }
    stacks.write(views.values());
    applied.show(View.STACK, shown);
  }
}
