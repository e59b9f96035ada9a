package dev.slipway.query.history;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;

/** Where a service is looked for whose past is asked for. */
public interface PresentServices {

  /**
   * @throws dev.slipway.http.ApiFailure 404 if there has never been such a service
   */
  Service require(Namespace namespace, String uuid);
}
