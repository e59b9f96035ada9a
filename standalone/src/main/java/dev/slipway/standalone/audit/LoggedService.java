package dev.slipway.standalone.audit;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the log has of one service, in the order in which it is read.
 *
 * @param events as they were read; one that was sent twice is there twice
 */
public record LoggedService(ServiceId id, List<Envelope<ServiceEvent>> events) {

  public LoggedService {
    events = List.copyOf(events);
  }

  /** The fold of the events by their sequence; null if they do not begin with the creation. */
  @Nullable Service state() {
    var states = states();
    return states.isEmpty() ? null : states.getLast();
  }

  /**
   * Whether the log lets these containers run at once: it had all of them at one time, but for
   * those that it gave up with their nodes, which may run there until the node is back.
   */
  boolean letsMeet(Collection<ContainerId> containers) {
    var kept = new HashSet<>(containers);
    for (var event : events) {
      if (event.event() instanceof ServiceEvent.ContainerLost lost) {
        kept.remove(lost.container());
      }
    }
    return kept.size() < 2
        || states().stream()
            .anyMatch(state -> kept.stream().allMatch(one -> state.fleet().find(one).isPresent()));
  }

  /** After each event; none if they do not begin with the creation. */
  private List<Service> states() {
    var bySequence = new TreeMap<Long, Envelope<ServiceEvent>>();
    events.forEach(event -> bySequence.putIfAbsent(event.sequence(), event));
    if (bySequence.isEmpty()
        || !(bySequence.firstEntry().getValue().event() instanceof ServiceEvent.ServiceCreated)) {
      return List.of();
    }
    var states = new ArrayList<Service>();
    @Nullable Service service = null;
    for (var event : bySequence.values()) {
      service = Service.evolve(service, event.event(), event.at());
      states.add(service);
    }
    return states;
  }
}
