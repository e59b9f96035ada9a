package dev.slipway.standalone.audit;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the API shows of a service.
 *
 * @param etag the version that it says it shows
 * @param containers each as the API shows it in its list
 */
public record Shown(JsonNode service, String etag, List<JsonNode> containers) {

  /** Asks the read model. */
  public interface ReadModel {

    /** Whether this caller may see things of the namespace. */
    boolean shows(Namespace namespace);

    /** Empty if it knows of no such service. */
    Optional<Shown> of(Service service);

    /** Whether it has something under this path. */
    boolean has(String uri);

    /** The services that it lists. */
    List<ServiceId> services();
  }
}
