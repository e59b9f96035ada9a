package dev.slipway.query.action;

import dev.slipway.model.action.Action;
import dev.slipway.model.action.Action.Moment;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.events.Change;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.events.EventType;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.projection.EventsMissing;
import dev.slipway.query.projection.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Folds the events of actions into actions. */
final class ActionProjection implements Projection<Envelope<Object>> {

  private final Actions actions;
  private final EventFeed feed;
  private final AppliedVersions applied;

  ActionProjection(Actions actions, EventFeed feed, AppliedVersions applied) {
    this.actions = actions;
    this.feed = feed;
    this.applied = applied;
  }

  @Override
  public Topics topic() {
    return Topics.ACTION_EVENTS;
  }

  @Override
  public void prepare() {
    actions.prepare();
    feed.prepare();
  }

  @Override
  public void forget() {
    actions.clear();
    applied.forget();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.STOPS;
  }

  @Override
  public Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
    var envelope = EventRecords.read(kafka);
    if (!(envelope.event() instanceof ActionEvent)) {
      throw new IllegalArgumentException(envelope.event().getClass() + " is no action's event");
    }
    return envelope;
  }

  @Override
  public void apply(List<Message<Envelope<Object>>> messages) throws EventsMissing {
    var before = before(messages);
    var changed = new LinkedHashMap<String, Action>();
    var shown = new HashMap<String, Long>();
    var changes = new ArrayList<Change>();
    for (var message : messages) {
      var envelope = message.value();
      var id = envelope.subject();
      var view = changed.getOrDefault(id, before.get(id));
      var next = next(view, message);
      if (next != view) {
        changed.put(id, next);
        changes.add(Change.of(envelope, next.request().namespace(), List.of(thing(next))));
      }
      shown.put(id, next.version());
    }
    feed.store(changes);
    actions.write(changed.values());
    applied.show(View.ACTION, shown);
    feed.release(changes);
  }

  private static Thing thing(Action action) {
    var object = action.request().object();
    return new Thing(
        EventType.ACTION,
        action.version() == 0 ? Verb.CREATE : Verb.UPDATE,
        ResourceUri.of(action.id()),
        object.isEmpty() ? List.of() : List.of(object),
        action.state().text());
  }

  private static Action next(@Nullable Action view, Message<Envelope<Object>> message)
      throws EventsMissing {
    var envelope = message.value();
    long version = view == null ? -1 : view.version();
    var moment = new Moment(envelope.sequence(), envelope.position(), envelope.at());
    var next =
        envelope.sequence() > version + 1
            ? null
            : Action.evolve(view, (ActionEvent) envelope.event(), moment);
    if (next == null) {
      throw new EventsMissing(
          message, "action " + envelope.subject(), version, envelope.sequence());
    }
    return next;
  }

  /** Most actions are new in the very batch that ends them: those need no look into the store. */
  private Map<String, Action> before(List<Message<Envelope<Object>>> messages) {
    var old =
        messages.stream()
            .map(Message::value)
            .filter(envelope -> envelope.sequence() > 0)
            .map(Envelope::subject)
            .collect(Collectors.toSet());
    messages.stream()
        .map(Message::value)
        .filter(envelope -> envelope.sequence() == 0)
        .forEach(envelope -> old.remove(envelope.subject()));
    return old.isEmpty() ? Map.of() : actions.load(old);
  }
}
