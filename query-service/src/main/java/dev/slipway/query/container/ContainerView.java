package dev.slipway.query.container;

import dev.slipway.model.container.Container;
import dev.slipway.model.service.Activity;
import dev.slipway.model.service.Fleet;
import dev.slipway.model.service.Service;
import java.util.List;

/**
 * A container with all of its service that shows in it: the definition it was made from, the one
 * that holds now, and the service's name.
 *
 * @param service without its containers, its operation and its dates' changes
 * @param version of the service, as the last event that changed this left it
 */
public record ContainerView(Service service, Container container, long version) {

  /** The container as it is in that state of its service. */
  public static ContainerView of(Service service, Container container) {
    return new ContainerView(around(service, container), container, service.version());
  }

  private static Service around(Service service, Container container) {
    return new Service(
        service.id(),
        service.namespace(),
        service.version(),
        service.stack(),
        service.definitions().only(container),
        Fleet.EMPTY,
        Activity.NONE,
        List.of(),
        service.dates(),
        service.terminated());
  }
}
