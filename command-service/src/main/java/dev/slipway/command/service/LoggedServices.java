package dev.slipway.command.service;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Services as the log has them at this moment. */
public record LoggedServices(EventStore events) {

  /** Empty if there has never been one of the uuid. */
  public Optional<Service> find(ServiceId id) {
    @Nullable Service service = null;
    var log = events.readEvents(id.value(), 0);
    while (log.hasNext()) {
      var message = log.next();
      if (message.getPayload() instanceof ServiceEvent event) {
        service = Service.evolve(service, event, message.getTimestamp());
      }
    }
    return Optional.ofNullable(service);
  }
}
