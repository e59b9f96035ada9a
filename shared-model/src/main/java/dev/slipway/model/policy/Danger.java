package dev.slipway.model.policy;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.Logging;
import dev.slipway.model.service.ServiceDefinition;
import java.util.Objects;
import java.util.function.Predicate;

/** An attribute by which a container can reach out of itself, into its host. */
public enum Danger {
  PRIVILEGED(Attributes.PRIVILEGED, privileged -> privileged),
  NET(Attributes.NET, "host"::equals),
  PID(Attributes.PID, "host"::equals),
  /** A path of the host that gives no Engine away. */
  BINDINGS(
      Attributes.BINDINGS,
      bindings ->
          bindings.stream()
              .map(Binding::hostPath)
              .filter(Objects::nonNull)
              .anyMatch(path -> !HostPath.of(path).reachesAnEngine())),
  /** A path of the host that gives an Engine away, and with it root on the node. */
  ENGINE_SOCKET(
      "engine_socket",
      Attributes.BINDINGS,
      bindings ->
          bindings.stream()
              .map(Binding::hostPath)
              .filter(Objects::nonNull)
              .anyMatch(path -> HostPath.of(path).reachesAnEngine())),
  DEVICES(Attributes.DEVICES, devices -> !devices.isEmpty()),
  CAP_ADD(Attributes.CAP_ADD, capabilities -> !capabilities.isEmpty()),
  /** A driver that sends lines elsewhere, from the host, or an option of one. */
  LOGGING(Attributes.LOGGING, logging -> !ofTheEngine(logging)),
  SECURITY_OPT(Attributes.SECURITY_OPT, options -> !options.isEmpty()),
  CGROUP_PARENT(Attributes.CGROUP_PARENT, _ -> true);

  private final String field;
  private final Attribute<?> attribute;
  private final Predicate<ServiceDefinition> asked;

  <T> Danger(Attribute<T> attribute, Predicate<T> dangerous) {
    this(attribute.name(), attribute, dangerous);
  }

  <T> Danger(String field, Attribute<T> attribute, Predicate<T> dangerous) {
    this.field = field;
    this.attribute = attribute;
    this.asked =
        definition -> {
          var value = definition.find(attribute);
          return value != null && dangerous.test(value);
        };
  }

  private static boolean ofTheEngine(Logging logging) {
    return logging.driver().equals(Logging.JSON_FILE) || logging.driver().equals("local");
  }

  /** The name of the attribute that it is asked by. */
  public String attribute() {
    return attribute.name();
  }

  /** The name of the policy's field for it. */
  public String field() {
    return field;
  }

  /** Whether what is set in the definition, or in the part of one, asks for it. */
  public boolean isAskedBy(ServiceDefinition definition) {
    return asked.test(definition);
  }
}
