package dev.slipway.standalone.audit;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
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
    var bySequence = new TreeMap<Long, Envelope<ServiceEvent>>();
    events.forEach(event -> bySequence.putIfAbsent(event.sequence(), event));
    if (bySequence.isEmpty()
        || !(bySequence.firstEntry().getValue().event() instanceof ServiceEvent.ServiceCreated)) {
      return null;
    }
    @Nullable Service service = null;
    for (var event : bySequence.values()) {
      service = Service.evolve(service, event.event(), event.at());
    }
    return service;
  }
}
