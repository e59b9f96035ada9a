package dev.slipway.query.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerFailed;
import dev.slipway.query.container.ContainerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What some events made of a service, and of which of its containers. It does not matter how the
 * events were cut into batches, nor how often one came.
 */
final class ServiceView {

  /** A container in the state of its service that changed it last. */
  private record Changed(Service service, Container container) {}

  private final Map<ContainerId, Changed> changed = new LinkedHashMap<>();
  private @Nullable Service service;

  ServiceView(@Nullable Service before) {
    this.service = before;
  }

  /** -1 before the first event. */
  long version() {
    return service == null ? -1 : service.version();
  }

  boolean includes(long sequence) {
    return sequence <= version();
  }

  boolean isNext(long sequence) {
    return sequence == version() + 1;
  }

  /** Takes the next event. */
  void evolve(ServiceEvent event, Instant at) {
    var before = service;
    var after = Service.evolve(before, event, at);
    service = after;
    if (before == null || before.definitions() != after.definitions()) {
      after.fleet().containers().forEach(container -> put(after, container));
    } else if (before.fleet() != after.fleet()) {
      compare(before, after, event, at);
    }
  }

  private void compare(Service before, Service after, ServiceEvent event, Instant at) {
    var old = new LinkedHashMap<ContainerId, Container>();
    before.fleet().containers().forEach(container -> old.put(container.id(), container));
    for (var container : after.fleet().containers()) {
      if (old.remove(container.id()) != container) {
        put(after, container);
      }
    }
    var reason = event instanceof ContainerFailed failed ? failed.reason() : null;
    old.values().forEach(gone -> put(after, gone.terminated(at, reason)));
  }

  private void put(Service service, Container container) {
    changed.put(container.id(), new Changed(service, container));
  }

  Service service() {
    return Objects.requireNonNull(service);
  }

  List<ContainerView> changedContainers() {
    var views = new ArrayList<ContainerView>();
    changed.values().forEach(c -> views.add(ContainerView.of(c.service, c.container)));
    return views;
  }
}
