package dev.slipway.query.service;

import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.container.ContainerView;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.Change;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.events.ServiceChanges;
import dev.slipway.query.history.Happened;
import dev.slipway.query.history.History;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.projection.EventsMissing;
import dev.slipway.query.projection.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of services into services, their containers and their history. The service is
 * written last: whoever sees it sees the rest.
 */
final class ServiceProjection implements Projection<Envelope<Object>> {

  private final Views views;
  private final EventFeed feed;
  private final StackWatch stacks;
  private final AppliedVersions applied;
  private final ServiceCache cache = new ServiceCache();
  private final Executor atTheSameTime = Thread::startVirtualThread;

  /** All that the events of services are folded into. */
  record Views(Services services, Containers containers, History history) {

    void prepare() {
      services.prepare();
      containers.prepare();
      history.prepare();
    }
  }

  ServiceProjection(Views views, EventFeed feed, StackWatch stacks, AppliedVersions applied) {
    this.views = views;
    this.feed = feed;
    this.stacks = stacks;
    this.applied = applied;
  }

  @Override
  public Topics topic() {
    return Topics.SERVICE_EVENTS;
  }

  @Override
  public void prepare() {
    views.prepare();
    feed.prepare();
  }

  @Override
  public void forget() {
    views.services().clear();
    views.containers().clear();
    views.history().clear();
    cache.clear();
    applied.forget();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.STOPS;
  }

  @Override
  public Envelope<Object> read(ConsumerRecord<String, byte[]> kafka) {
    var envelope = EventRecords.read(kafka);
    if (!(envelope.event() instanceof ServiceEvent)) {
      throw new IllegalArgumentException(envelope.event().getClass() + " is no service's event");
    }
    return envelope;
  }

  @Override
  public void apply(List<Message<Envelope<Object>>> messages) throws EventsMissing {
    var bySubject = bySubject(messages);
    var before = before(bySubject);
    var changed = new ArrayList<Service>();
    var touched = new ArrayList<ContainerView>();
    var fresh = new ArrayList<Happened>();
    var changes = new ArrayList<Change>();
    var inStacks = new HashMap<String, Envelope<?>>();
    for (var entry : bySubject.entrySet()) {
      var old = before.get(entry.getKey());
      var view = new ServiceView(old);
      fold(view, entry.getValue(), fresh, changes);
      if (old == null || view.version() > old.version()) {
        changed.add(view.service());
        touched.addAll(view.changedContainers());
      }
      var stack = view.service().stack();
      if (stack != null && matters(old, view.service())) {
        inStacks.put(stack.id().value(), entry.getValue().getLast().value());
      }
    }
    write(changed, touched, fresh, changes);
    show(bySubject, changed);
    feed.release(changes);
    stacks.mayHaveChanged(inStacks);
  }

  private static Map<String, List<Message<Envelope<Object>>>> bySubject(
      List<Message<Envelope<Object>>> messages) {
    var bySubject = new LinkedHashMap<String, List<Message<Envelope<Object>>>>();
    messages.forEach(
        message ->
            bySubject
                .computeIfAbsent(message.value().subject(), _ -> new ArrayList<>())
                .add(message));
    return bySubject;
  }

  /** Whether its stack may have another state, or may have one that nobody was told of. */
  private static boolean matters(@Nullable Service old, Service now) {
    boolean cameAgain = old != null && old.version() == now.version();
    return old == null || cameAgain || old.lifecycle() != now.lifecycle();
  }

  private void write(
      List<Service> changed,
      List<ContainerView> touched,
      List<Happened> fresh,
      List<Change> changes) {
    var historyWritten =
        CompletableFuture.runAsync(() -> views.history().add(fresh), atTheSameTime);
    feed.store(changes);
    views.containers().write(touched);
    historyWritten.join();
    views.services().write(changed);
    changed.forEach(cache::put);
  }

  /**
   * The services as they are, from the store where the cache is not enough. Before its first event
   * there is none; if it comes again, what is stored is newer and stays.
   */
  private Map<String, Service> before(Map<String, List<Message<Envelope<Object>>>> bySubject) {
    var found = new HashMap<String, Service>();
    var wanting = new ArrayList<String>();
    bySubject.forEach(
        (id, messages) -> {
          var cached = cache.get(id);
          long first = messages.getFirst().value().sequence();
          if (cached != null && first <= cached.version() + 1) {
            found.put(id, cached);
          } else if (first > 0) {
            wanting.add(id);
          }
        });
    if (!wanting.isEmpty()) {
      found.putAll(views.services().load(wanting));
    }
    return found;
  }

  private static void fold(
      ServiceView view,
      List<Message<Envelope<Object>>> messages,
      List<Happened> fresh,
      List<Change> changes)
      throws EventsMissing {
    for (var message : messages) {
      var envelope = message.value();
      if (view.includes(envelope.sequence())) {
        continue;
      }
      if (!view.isNext(envelope.sequence())) {
        throw new EventsMissing(
            message, "service " + envelope.subject(), view.version(), envelope.sequence());
      }
      var old = view.version() < 0 ? null : view.service();
      view.evolve((ServiceEvent) envelope.event(), envelope.at());
      fresh.add(new Happened(envelope, view.service().lifecycle().text()));
      changes.add(
          Change.of(
              envelope, view.service().namespace(), ServiceChanges.between(old, view.service())));
    }
  }

  /** What came again is shown too: somebody may wait for it that did not see it before. */
  private void show(Map<String, List<Message<Envelope<Object>>>> bySubject, List<Service> changed) {
    var versions = new HashMap<String, Long>();
    bySubject.forEach((id, messages) -> versions.put(id, messages.getLast().value().sequence()));
    changed.forEach(service -> versions.put(service.id().value(), service.version()));
    applied.show(View.SERVICE, versions);
  }
}
