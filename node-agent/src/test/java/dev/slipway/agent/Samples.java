package dev.slipway.agent;

import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Assignments to test with. */
public final class Samples {

  private Samples() {}

  public static Assignment assignment(
      NodeId node, ServiceId service, int slot, Wanted wanted, long version, Object... attributes) {
    return generation(node, service, slot, 1, wanted, version, attributes);
  }

  /** What fills a slot that had other containers before. */
  public static Assignment generation(
      NodeId node,
      ServiceId service,
      int slot,
      int generation,
      Wanted wanted,
      long version,
      Object... attributes) {
    var definition = definition(attributes);
    return new Assignment(
        ContainerId.of(service, slot, generation),
        service,
        node,
        wanted,
        1,
        version,
        new ContainerSpec(
            new Namespace("admin"),
            "web-" + slot,
            slot,
            generation,
            null,
            definition,
            Stream.concat(
                    Stream.of(new EnvironmentVariable("WHERE", new Secret("here"))),
                    definition.get(Attributes.CONTAINER_ENVVARS).stream())
                .toList(),
            null,
            List.of("/"),
            List.of()));
  }

  /** The same with volumes that began empty with its generation. */
  public static Assignment renewed(Assignment sample) {
    var spec = sample.spec();
    return new Assignment(
        sample.container(),
        sample.service(),
        sample.node(),
        sample.wanted(),
        sample.starts(),
        sample.version(),
        new ContainerSpec(
            spec.namespace(),
            spec.name(),
            spec.slot(),
            spec.generation(),
            spec.stack(),
            spec.definition(),
            spec.environment(),
            spec.generation(),
            spec.hostPaths(),
            spec.neighbours()));
  }

  public static Assignment with(Assignment before, Wanted wanted, int starts) {
    return new Assignment(
        before.container(),
        before.service(),
        before.node(),
        wanted,
        starts,
        before.version() + 1,
        before.spec());
  }

  private static ServiceDefinition definition(Object... attributes) {
    var json = new LinkedHashMap<String, Object>();
    json.put("image", "demo/hello");
    json.put("name", "web");
    for (int i = 0; i < attributes.length; i += 2) {
      json.put((String) attributes[i], attributes[i + 1]);
    }
    return ServiceDefinition.read(json);
  }
}
