package dev.slipway.model.stack;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.Set;

/**
 * A service as the file of a stack defines it.
 *
 * @param definition only what the file sets
 */
public record DefinedService(ServiceId service, ServiceDefinition definition) {

  /** What a service keeps where the file does not set it. */
  private static final Set<Attribute<?>> KEPT =
      Set.of(Attributes.NAME, Attributes.NICKNAME, Attributes.TARGET_NUM_CONTAINERS);

  /**
   * The definition of the service once the file is applied to it, with each attribute set. What the
   * file does not set is unset, except for the size and names that the service has.
   */
  public ServiceDefinition appliedTo(ServiceDefinition before) {
    var applied = ServiceDefinition.EMPTY;
    for (var attribute : Attributes.all()) {
      boolean kept = KEPT.contains(attribute) && !definition.sets(attribute);
      applied = with(applied, attribute, kept ? before : definition);
    }
    return applied;
  }

  private static <T> ServiceDefinition with(
      ServiceDefinition definition, Attribute<T> attribute, ServiceDefinition from) {
    return definition.with(attribute, from.find(attribute));
  }

  /**
   * A service that a file does not name, as it is: but for its size, which files may leave open.
   */
  public static DefinedService unnamed(ServiceId service, ServiceDefinition current) {
    return new DefinedService(
        service,
        current.only(attribute -> attribute.equals(Attributes.NAME) || !KEPT.contains(attribute)));
  }
}
