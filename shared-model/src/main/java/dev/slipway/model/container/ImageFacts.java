package dev.slipway.model.container;

import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image brings to each container made from it, beneath what the definition sets.
 *
 * @param environment variables that it sets
 * @param exposed ports that it names; none of them is published
 * @param notPulled why the node took the image that it had, null if it asked the registry or was
 *     told not to
 */
public record ImageFacts(
    List<EnvironmentVariable> environment, List<PortSpec> exposed, @Nullable String notPulled) {

  public ImageFacts {
    environment = List.copyOf(environment);
    exposed = List.copyOf(exposed);
  }

  public ImageFacts(List<EnvironmentVariable> environment, List<PortSpec> exposed) {
    this(environment, exposed, null);
  }
}
