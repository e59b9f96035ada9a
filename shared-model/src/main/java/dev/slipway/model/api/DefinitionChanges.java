package dev.slipway.model.api;

import static dev.slipway.model.attribute.Attributes.CONTAINER_ENVVARS;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceEvent.ServiceUpdated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event changed, attribute by attribute, without the values of variables. */
public final class DefinitionChanges {

  private final List<Map<String, @Nullable Object>> all = new ArrayList<>();

  /** Of an attribute that is no secret. */
  public DefinitionChanges add(String attribute, @Nullable Object from, @Nullable Object to) {
    var change = new LinkedHashMap<String, @Nullable Object>();
    change.put("attribute", attribute);
    change.put("from", from);
    change.put("to", to);
    all.add(change);
    return this;
  }

  /**
   * What is set anew of a definition.
   *
   * @param before null if there was none
   */
  public DefinitionChanges add(@Nullable ServiceDefinition before, ServiceDefinition changes) {
    for (var attribute : Attributes.all()) {
      if (changes.sets(attribute)) {
        add(attribute.name(), from(before, attribute), to(before, changes, attribute));
      }
    }
    return this;
  }

  /**
   * The attributes that the event sets.
   *
   * @param before null if there was none
   */
  public DefinitionChanges add(@Nullable ServiceDefinition before, AttributesSet event) {
    return switch (event) {
      case ServiceCreated created -> add((ServiceDefinition) null, created.definition());
      case ServiceUpdated(_, var changes) -> add(before, changes);
    };
  }

  /** The differences between two states of a service. */
  public static DefinitionChanges between(Service from, Service to) {
    var before = from.definitions().current();
    var changes =
        new DefinitionChanges().add(before, to.definitions().current().whole().changesFrom(before));
    var state = to.lifecycle();
    return from.lifecycle() == state
        ? changes
        : changes.add("state", from.lifecycle().text(), state.text());
  }

  private static @Nullable Object from(@Nullable ServiceDefinition before, Attribute<?> attribute) {
    if (before == null) {
      return null;
    }
    return attribute.equals(CONTAINER_ENVVARS)
        ? CONTAINER_ENVVARS.kind().write(VisibleEvent.shown(before.get(CONTAINER_ENVVARS)))
        : before.json(attribute);
  }

  private static @Nullable Object to(
      @Nullable ServiceDefinition before, ServiceDefinition changes, Attribute<?> attribute) {
    return attribute.equals(CONTAINER_ENVVARS)
        ? variables(
            before == null ? List.of() : before.get(CONTAINER_ENVVARS),
            changes.get(CONTAINER_ENVVARS))
        : changes.json(attribute);
  }

  /** Stars tell nothing, so it is said whether a value is another than before. */
  private static List<Map<String, Object>> variables(
      List<EnvironmentVariable> before, List<EnvironmentVariable> after) {
    var old =
        before.stream()
            .collect(
                Collectors.toMap(
                    EnvironmentVariable::key, EnvironmentVariable::value, (_, last) -> last));
    return VisibleEvent.shown(after).stream()
        .map(
            hidden -> {
              var json = new LinkedHashMap<String, Object>();
              json.put("key", hidden.key());
              json.put("value", hidden.value().reveal());
              json.put(
                  "changed",
                  after.stream()
                      .filter(v -> v.key().equals(hidden.key()))
                      .noneMatch(v -> v.value().equals(old.get(v.key()))));
              return (Map<String, Object>) json;
            })
        .toList();
  }

  public List<Map<String, @Nullable Object>> all() {
    return all;
  }
}
