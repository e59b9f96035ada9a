package dev.slipway.query.node;

import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeEvent;
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
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds the events of nodes into nodes. */
final class NodeProjection implements Projection<Envelope<Object>> {

  private final Nodes nodes;
  private final EventFeed feed;
  private final AppliedVersions applied;

  NodeProjection(Nodes nodes, EventFeed feed, AppliedVersions applied) {
    this.nodes = nodes;
    this.feed = feed;
    this.applied = applied;
  }

  @Override
  public Topics topic() {
    return Topics.NODE_EVENTS;
  }

  @Override
  public void prepare() {
    nodes.prepare();
    feed.prepare();
  }

  @Override
  public void forget() {
    nodes.clear();
    applied.forget();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.STOPS;
  }

  @Override
  public Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
    var envelope = EventRecords.read(kafka);
    if (!(envelope.event() instanceof NodeEvent)) {
      throw new IllegalArgumentException(envelope.event().getClass() + " is no node's event");
    }
    return envelope;
  }

  @Override
  public void apply(List<Message<Envelope<Object>>> messages) throws EventsMissing {
    var views =
        nodes.load(messages.stream().map(m -> m.value().subject()).collect(Collectors.toSet()));
    var shown = new HashMap<String, Long>();
    var changes = new ArrayList<Change>();
    for (var message : messages) {
      var envelope = message.value();
      var view = views.get(envelope.subject());
      long version = view == null ? -1 : view.version();
      if (envelope.sequence() > version) {
        var next =
            envelope.sequence() > version + 1
                ? null
                : Node.evolve(
                    view, (NodeEvent) envelope.event(), envelope.sequence(), envelope.at());
        if (next == null) {
          throw new EventsMissing(
              message, "node " + envelope.subject(), version, envelope.sequence());
        }
        views.put(envelope.subject(), next);
        changes.add(Change.of(envelope, next.namespace(), List.of(thing(next))));
      }
      shown.put(envelope.subject(), Math.max(version, envelope.sequence()));
    }
    feed.store(changes);
    nodes.write(views.values());
    applied.show(View.NODE, shown);
    feed.release(changes);
  }

  private static Thing thing(Node node) {
    var verb =
        node.version() == 0 ? Verb.CREATE : node.terminated() == null ? Verb.UPDATE : Verb.DELETE;
    return new Thing(
        EventType.NODE,
        verb,
        ResourceUri.of(node.namespace(), node.id()),
        List.of(),
        node.state().text());
  }
}
