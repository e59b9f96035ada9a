package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_PORTS;
import static dev.slipway.model.attribute.Attributes.IMAGE;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ports of a container: those of its definition, and those that only its image names. */
public final class ContainerPorts {

  private ContainerPorts() {}

  /** The ports of one container. */
  static List<PortSpec> of(ServiceDefinition definition, Container container) {
    return of(definition, container.runtime().image());
  }

  /** The ports that a container made today would have, as far as its image is known. */
  static List<PortSpec> of(Service service) {
    return of(service.definitions().current(), imageOf(service).orElse(null));
  }

  /** What the image of the service brings, once one of its containers was made from it. */
  static Optional<ImageFacts> imageOf(Service service) {
    var definitions = service.definitions();
    var image = definitions.current().get(IMAGE);
    return service.fleet().containers().stream()
        .filter(container -> Objects.equals(definitions.of(container).get(IMAGE), image))
        .filter(container -> container.runtime().image() != null)
        .max(
            Comparator.comparingInt(Container::revision)
                .thenComparing(container -> container.runtime().dates().deployed()))
        .map(container -> container.runtime().image());
  }

  private static List<PortSpec> of(ServiceDefinition definition, @Nullable ImageFacts image) {
    var ports = new ArrayList<>(definition.get(CONTAINER_PORTS));
    if (image != null) {
      for (var exposed : image.exposed()) {
        if (ports.stream().noneMatch(port -> isSame(port, exposed))) {
          ports.add(new PortSpec(exposed.protocol(), exposed.innerPort(), null, false));
        }
      }
    }
    return ports;
  }

  private static boolean isSame(PortSpec one, PortSpec other) {
    return one.innerPort() == other.innerPort() && one.protocol() == other.protocol();
  }
}
