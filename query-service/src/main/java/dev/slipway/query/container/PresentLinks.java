package dev.slipway.query.container;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.Collection;
import java.util.Map;

/** Where the services are that links lead to, as they are now. */
public interface PresentLinks {

  /** Those of these that there are in the namespace. */
  Map<ServiceId, Service> targets(Namespace namespace, Collection<ServiceId> ids);
}
