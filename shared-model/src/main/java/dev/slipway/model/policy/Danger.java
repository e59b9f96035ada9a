package dev.slipway.model.policy;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** An attribute by which a container can reach out of itself, into its host. */
public enum Danger {
  PRIVILEGED(Attributes.PRIVILEGED, privileged -> privileged),
  NET(Attributes.NET, "host"::equals),
  PID(Attributes.PID, "host"::equals),
  BINDINGS(
      Attributes.BINDINGS,
      bindings -> bindings.stream().map(Binding::hostPath).anyMatch(Objects::nonNull)),
  DEVICES(Attributes.DEVICES, devices -> !devices.isEmpty()),
  CAP_ADD(Attributes.CAP_ADD, capabilities -> !capabilities.isEmpty()),
  SECURITY_OPT(Attributes.SECURITY_OPT, options -> !options.isEmpty()),
  CGROUP_PARENT(Attributes.CGROUP_PARENT, _ -> true);

  private final String field;
  private final Predicate<ServiceDefinition> asked;

  <T> Danger(Attribute<T> attribute, Predicate<T> dangerous) {
    this.field = attribute.name();
    this.asked =
        definition -> {
          var value = definition.find(attribute);
          return value != null && dangerous.test(value);
        };
  }

  /** The attribute's name, which is also that of the policy's field for it. */
  public String field() {
    return field;
  }

  /** Whether what is set in the definition, or in the part of one, asks for it. */
  public boolean isAskedBy(ServiceDefinition definition) {
    return asked.test(definition);
  }

  /** The paths of the host that the definition binds. */
  static List<String> hostPaths(ServiceDefinition definition) {
    return definition.get(Attributes.BINDINGS).stream()
        .map(Binding::hostPath)
        .filter(Objects::nonNull)
        .toList();
  }
}
