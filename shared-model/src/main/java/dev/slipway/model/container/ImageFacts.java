package dev.slipway.model.container;

import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import java.util.List;

/**
 * What an image brings to each container made from it, beneath what the definition sets.
 *
 * @param environment variables that it sets
 * @param exposed ports that it names; none of them is published
 */
public record ImageFacts(List<EnvironmentVariable> environment, List<PortSpec> exposed) {

  public ImageFacts {
    environment = List.copyOf(environment);
    exposed = List.copyOf(exposed);
  }
}
