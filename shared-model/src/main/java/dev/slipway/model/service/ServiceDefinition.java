package dev.slipway.model.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has set of a service's attributes: the whole of a definition, or the part of one
 * that a change sets. Holds typed values; what is not in it has the attribute's unset value. An
 * attribute that was put back to unset is in it with null.
 */
public final class ServiceDefinition {

  public static final ServiceDefinition EMPTY = new ServiceDefinition(Map.of());

  private final Map<Attribute<?>, @Nullable Object> values;

  private ServiceDefinition(Map<Attribute<?>, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads the attributes from a client's JSON object, under their names or aliases. Other keys are
   * passed over; a null puts a nullable attribute back to unset and leaves another one out.
   *
   * @throws dev.slipway.model.InvalidInput naming the field and the rule it breaks
   */
  public static ServiceDefinition read(Map<String, @Nullable Object> json) {
    var values = new LinkedHashMap<Attribute<?>, @Nullable Object>();
    for (var attribute : Attributes.all()) {
      var name = nameIn(json, attribute);
      if (name != null) {
        var value = json.get(name);
        if (value != null) {
          values.put(attribute, attribute.kind().read(name, value));
        } else if (attribute.is(Trait.NULLABLE)) {
          values.put(attribute, null);
        }
      }
    }
    return new ServiceDefinition(values);
  }

  /**
   * Restores what {@link #json} stored. No rule applies: stored history is as it is.
   *
   * @throws IllegalArgumentException if an attribute has no value for what is stored
   */
  @JsonCreator
  public static ServiceDefinition restore(Map<String, @Nullable Object> json) {
    var values = new LinkedHashMap<Attribute<?>, @Nullable Object>();
    for (var attribute : Attributes.all()) {
      var value = json.get(attribute.name());
      if (value != null) {
        values.put(attribute, attribute.kind().restore(attribute.name(), value));
      } else if (attribute.is(Trait.NULLABLE) && json.containsKey(attribute.name())) {
        values.put(attribute, null);
      }
    }
    return new ServiceDefinition(values);
  }

  /**
   * Returns the definition after the event.
   *
   * @param before null if the event is the first
   */
  public static ServiceDefinition after(@Nullable ServiceDefinition before, AttributesSet event) {
    return switch (event) {
      case ServiceCreated created -> created.definition();
      case ServiceUpdated(_, var changes) -> before == null ? changes : before.with(changes);
    };
  }

  private static @Nullable String nameIn(Map<String, ?> json, Attribute<?> attribute) {
    if (json.containsKey(attribute.name())) {
      return attribute.name();
    }
    for (var alias : attribute.aliases()) {
      if (json.containsKey(alias)) {
        return alias;
      }
    }
    return null;
  }

  /**
   * Checks each value by the rules for input. What comes from history, such as an earlier version
   * of a service, may break the rules of today.
   *
   * @throws dev.slipway.model.InvalidInput naming the field and the rule it breaks
   */
  public void check() {
    values.forEach(
        (attribute, value) -> {
          var json = written(attribute, value);
          if (json != null) {
            attribute.kind().read(attribute.name(), json);
          }
        });
  }

  /** The exact JSON form of what is set, and nothing else. */
  @JsonValue
  public Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    values.forEach((attribute, value) -> json.put(attribute.name(), written(attribute, value)));
    return json;
  }

  /** The exact JSON form of one attribute, set or not. */
  public <T> @Nullable Object json(Attribute<T> attribute) {
    return written(attribute, find(attribute));
  }

  @SuppressWarnings("unchecked") // a value is put under its own attribute only
  private static <T> @Nullable Object written(Attribute<T> attribute, @Nullable Object value) {
    return value == null ? null : attribute.kind().write((T) value);
  }

  /** The value, or the attribute's unset value. */
  @SuppressWarnings("unchecked") // a value is put under its own attribute only
  public <T> @Nullable T find(Attribute<T> attribute) {
    return values.containsKey(attribute) ? (T) values.get(attribute) : attribute.unset();
  }

  /** The value of an attribute that always has one. */
  public <T> T get(Attribute<T> attribute) {
    return Objects.requireNonNull(find(attribute), attribute::name);
  }

  public boolean sets(Attribute<?> attribute) {
    return values.containsKey(attribute);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public <T> ServiceDefinition with(Attribute<T> attribute, @Nullable T value) {
    Map<Attribute<?>, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.put(attribute, value);
    return new ServiceDefinition(changed);
  }

  /** This one, with all that the other sets. */
  public ServiceDefinition with(ServiceDefinition changes) {
    Map<Attribute<?>, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.putAll(changes.values);
    return new ServiceDefinition(changed);
  }

  /** Every attribute: those that this does not set with their unset values. */
  public ServiceDefinition whole() {
    Map<Attribute<?>, @Nullable Object> all = new LinkedHashMap<>();
    Attributes.all().forEach(attribute -> all.put(attribute, find(attribute)));
    return new ServiceDefinition(all);
  }

  /** The part of this that differs from the other. */
  public ServiceDefinition changesFrom(ServiceDefinition other) {
    return only(attribute -> !Objects.equals(find(attribute), other.find(attribute)));
  }

  /** Whether containers made from either are alike. */
  public boolean makesTheSameContainerAs(ServiceDefinition other) {
    return Attributes.all().stream()
        .filter(attribute -> attribute.is(Trait.IN_CONTAINER))
        .allMatch(attribute -> Objects.equals(find(attribute), other.find(attribute)));
  }

  /** The part of this with the attributes that the test takes. */
  public ServiceDefinition only(Predicate<Attribute<?>> test) {
    Map<Attribute<?>, @Nullable Object> kept = new LinkedHashMap<>(values);
    kept.keySet().removeIf(test.negate());
    return new ServiceDefinition(kept);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServiceDefinition definition && definition.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Without the values of environment variables. */
  @Override
  public String toString() {
    return values.toString();
  }
}
