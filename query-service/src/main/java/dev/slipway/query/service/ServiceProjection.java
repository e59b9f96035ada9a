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

/**
 * Folds the events of services into services, their containers and their history. The service is
 * written last: whoever sees it sees the rest.
 */
final class ServiceProjection implements Projection<Envelope<Object>> {

  private final Services services;
  private final Containers containers;
  private final History history;
  private final EventFeed feed;
  private final AppliedVersions applied;
  private final ServiceCache cache = new ServiceCache();
  private final Executor atTheSameTime = Thread::startVirtualThread;

  ServiceProjection(
      Services services,
      Containers containers,
      History history,
      EventFeed feed,
      AppliedVersions applied) {
    this.services = services;
    this.containers = containers;
    this.history = history;
    this.feed = feed;
    this.applied = applied;
  }

  @Override
  public Topics topic() {
    return Topics.SERVICE_EVENTS;
  }

  @Override
  public void prepare() {
    services.prepare();
    containers.prepare();
    history.prepare();
    feed.prepare();
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
    var bySubject = new LinkedHashMap<String, List<Message<Envelope<Object>>>>();
    messages.forEach(
        message ->
            bySubject
                .computeIfAbsent(message.value().subject(), _ -> new ArrayList<>())
                .add(message));
    var before = before(bySubject);
    var changed = new ArrayList<Service>();
    var touched = new ArrayList<ContainerView>();
    var fresh = new ArrayList<Happened>();
    var changes = new ArrayList<Change>();
    for (var entry : bySubject.entrySet()) {
      var view = new ServiceView(before.get(entry.getKey()));
      long old = view.version();
      fold(view, entry.getValue(), fresh, changes);
      if (view.version() > old) {
        changed.add(view.service());
        touched.addAll(view.changedContainers());
      }
    }
    var historyWritten = CompletableFuture.runAsync(() -> history.add(fresh), atTheSameTime);
    feed.store(changes);
    containers.write(touched);
    historyWritten.join();
    services.write(changed);
    changed.forEach(cache::put);
    show(bySubject, changed);
    feed.release(changes);
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
      found.putAll(services.load(wanting));
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
