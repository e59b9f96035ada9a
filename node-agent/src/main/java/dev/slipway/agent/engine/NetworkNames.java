package dev.slipway.agent.engine;

import com.github.dockerjava.api.model.Link;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Under which names containers find each other in the network of their namespace. The Engine's own
 * name server knows at each moment which containers run, so names follow every change.
 */
final class NetworkNames {

  /** So many containers of a service have a name of their own under a link of another name. */
  private static final int NUMBERED = 32;

  private NetworkNames() {}

  /**
   * What all others call the container: by itself and by its service, with the stack if it is in
   * one. Two stacks may have services of one name, so bare names are left to {@link #links}.
   */
  static List<String> own(Assignment assignment) {
    var spec = assignment.spec();
    var names = new LinkedHashSet<String>();
    for (var name : List.of(spec.name(), spec.serviceName())) {
      names.add(lowerCase(spec.stack() == null ? name : name + "." + spec.stack()));
    }
    var service = assignment.service().value();
    names.add(service);
    names.add(numbered(service, spec.slot()));
    return List.copyOf(names);
  }

  /**
   * What this container alone calls those that it is linked to, and those of its stack: the name
   * for all of a service, with a number for one. They need not be there; the name is theirs all the
   * same. Where a link has the name of a service of the stack, the link is meant.
   */
  static List<Link> links(ContainerSpec spec) {
    var services = new LinkedHashMap<String, String>();
    Stream.concat(
            spec.neighbours().stream(),
            spec.definition().get(Attributes.LINKED_TO_SERVICE).stream())
        .forEach(
            link -> {
              services.put(lowerCase(link.name()), link.to().value());
              services.put(link.name(), link.to().value());
            });
    var links = new ArrayList<Link>();
    services.forEach(
        (name, service) -> {
          links.add(new Link(service, name));
          for (int slot = 1; slot <= NUMBERED; slot++) {
            links.add(new Link(numbered(service, slot), numbered(name, slot)));
          }
        });
    return links;
  }

  private static String numbered(String name, int slot) {
    return name + "-" + slot;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
