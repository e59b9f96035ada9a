package dev.slipway.command.publishing;

import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.Environment;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.List;

/**
 * The variables of a container: those that tell it where it is, those fixed when it was placed, and
 * over them the user's own.
 *
 * @param url where the API is reached from containers, without a path
 */
public record ContainerEnvironment(Addressing addressing, String url) {

  List<EnvironmentVariable> of(Service service, Container container) {
    return new Environment(addressing, url).toSet(service, container);
  }
}
