package dev.slipway.query.stack;

import dev.slipway.model.api.DefinitionChanges;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.query.stack.StackHistory.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The differences between two versions of a stack, as the API shows them. */
final class StackChanges {

  private StackChanges() {}

  /** Changes of the stack itself; those of its services are {@link #ofServices}. */
  static List<Map<String, @Nullable Object>> ofStack(@Nullable Version from, Version to) {
    var before = from == null ? null : from.nickname();
    return Objects.equals(before, to.nickname())
        ? List.of()
        : new DefinitionChanges().add("nickname", before, to.nickname()).all();
  }

  /** One entry for each service that differs: created, updated or gone. */
  static List<Map<String, @Nullable Object>> ofServices(@Nullable Version from, Version to) {
    var before = byId(from);
    var after = byId(to);
    var changes = new ArrayList<Map<String, @Nullable Object>>();
    after.forEach(
        (service, definition) -> {
          var old = before.get(service);
          if (old == null) {
            changes.add(
                entry(definition, "create", new DefinitionChanges().add(null, definition).all()));
          } else {
            var updated = updated(old, new DefinedService(service, definition));
            if (!updated.isEmpty()) {
              changes.add(entry(definition, "update", updated));
            }
          }
        });
    before.forEach(
        (service, definition) -> {
          if (!after.containsKey(service)) {
            changes.add(entry(definition, "terminate", List.of()));
          }
        });
    return changes;
  }

  private static List<Map<String, @Nullable Object>> updated(
      ServiceDefinition before, DefinedService after) {
    return new DefinitionChanges()
        .add(before, after.appliedTo(before).changesFrom(before.whole()))
        .all();
  }

  private static Map<ServiceId, ServiceDefinition> byId(@Nullable Version version) {
    if (version == null || version.services() == null) {
      return Map.of();
    }
    return version.services().stream()
        .collect(
            Collectors.toMap(
                DefinedService::service,
                DefinedService::definition,
                (_, last) -> last,
                LinkedHashMap::new));
  }

  private static Map<String, @Nullable Object> entry(
      ServiceDefinition definition, String change, List<Map<String, @Nullable Object>> changes) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", definition.get(Attributes.NAME));
    json.put("change", change);
    json.put("changes", changes);
    return json;
  }
}
