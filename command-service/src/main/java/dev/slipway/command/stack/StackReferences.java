package dev.slipway.command.stack;

import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services that the links and the volumes of a stack's services name: in the stack first,
 * then among those in no stack; {@code name.stack} is in another stack.
 *
 * @param stack the name of the stack
 * @param own the services of the stack by name
 * @param others finds services outside
 */
record StackReferences(String stack, Map<String, ServiceId> own, Elsewhere others) {

  /** The services of the namespace that are not in the stack. */
  interface Elsewhere {
    /** Whether the namespace has the service, and it does not end. */
    boolean has(ServiceId service);

    /** Those of the name, in a stack of that name or, if it is null, in none. */
    List<ServiceId> find(String name, @Nullable String stack);
  }

  /**
   * The service with uuids in the place of names.
   *
   * @throws InvalidInput if a name is of no service, or of several
   */
  Map<String, @Nullable Object> resolve(Map<String, @Nullable Object> service) {
    var resolved = new LinkedHashMap<String, @Nullable Object>(service);
    resolved.computeIfPresent(
        "linked_to_service", (key, links) -> each(key, links, "to_service", true));
    resolved.computeIfPresent(
        "bindings", (key, bindings) -> each(key, bindings, "volumes_from", false));
    resolved.computeIfPresent("depends_on", this::dependencies);
    return resolved;
  }

  private Object dependencies(String field, Object list) {
    if (!(list instanceof List<?> names)) {
      return list;
    }
    var resolved = new ArrayList<@Nullable Object>();
    for (var name : names) {
      var place = "%s[%d]".formatted(field, resolved.size());
      if (name instanceof String text && isUuid(text)) {
        requireOwn(place, text);
        resolved.add(name);
      } else {
        resolved.add(name instanceof String text ? find(place, text).value() : name);
      }
    }
    return resolved;
  }

  private static boolean isUuid(String reference) {
    int end = reference.endsWith("/") ? reference.length() - 1 : reference.length();
    return Uuids.isUuid(reference.substring(reference.lastIndexOf('/', end - 1) + 1, end));
  }

  /** A uuid of another namespace names nothing here. */
  private void requireOwn(String field, String reference) {
    int end = reference.endsWith("/") ? reference.length() - 1 : reference.length();
    var uuid = reference.substring(reference.lastIndexOf('/', end - 1) + 1, end);
    var id = new ServiceId(uuid.toLowerCase(Locale.ROOT));
    if (!own.containsValue(id) && !others.has(id)) {
      throw new InvalidInput(field, "names no service: " + reference);
    }
  }

  private Object each(String field, Object list, String key, boolean named) {
    if (!(list instanceof List<?> all)) {
      return list;
    }
    var resolved = new ArrayList<@Nullable Object>();
    for (var one : all) {
      var place = "%s[%d].%s".formatted(field, resolved.size(), key);
      resolved.add(one instanceof Map<?, ?> object ? one(place, object, key, named) : one);
    }
    return resolved;
  }

  private Map<?, ?> one(String field, Map<?, ?> object, String key, boolean named) {
    if (!(object.get(key) instanceof String reference) || reference.isEmpty()) {
      return object;
    }
    var resolved = new LinkedHashMap<Object, @Nullable Object>(object);
    var target = Delimited.last(reference, '/');
    if (Uuids.isUuid(target)) {
      requireOwn(field, reference);
    } else {
      resolved.put(key, find(field, reference).value());
      if (named) {
        resolved.putIfAbsent("name", uniqueName(reference));
      }
    }
    return resolved;
  }

  /** A service's own name in its stack and where it has none, and else with that of its stack. */
  private String uniqueName(String reference) {
    var here = "." + stack;
    return reference.endsWith(here)
        ? reference.substring(0, reference.length() - here.length())
        : reference;
  }

  private ServiceId find(String field, String reference) {
    int dot = reference.indexOf('.');
    var name = dot < 0 ? reference : reference.substring(0, dot);
    var in = dot < 0 ? null : reference.substring(dot + 1);
    if ((in == null || in.equals(stack)) && own.containsKey(name)) {
      return Objects.requireNonNull(own.get(name));
    }
    var found = others.find(name, in);
    return switch (found.size()) {
      case 0 -> throw new InvalidInput(field, "names no service: " + reference);
      case 1 -> found.getFirst();
      default -> throw new InvalidInput(field, "names several services: " + reference);
    };
  }
}
