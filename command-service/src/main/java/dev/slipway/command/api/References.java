package dev.slipway.command.api;

import com.google.re2j.Pattern;
import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.ledger.ServiceReferences.Named;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts uuids in place of what a client calls other services in links and bindings: a URI, a uuid, a
 * name or {@code name.stack}. A bare name means a service of one's own stack, or else one that is
 * in no stack; where there are several such, the client must say which.
 */
public final class References {

  private static final int MOST = 1_000;
  private static final int LONGEST = 1_000;
  private static final int SHOWN = 100;
  private static final int LONGEST_URI = 2_000;
  private static final Pattern NAMESPACED = Pattern.compile(".*/v1/([^/]+)/service/[^/]+/*");

  /** The attributes that name other services. */
  private static final List<String> REFERRING =
      List.of("linked_to_service", "bindings", "depends_on");

  private final ServiceReferences services;

  public References(ServiceReferences services) {
    this.services = services;
  }

  /**
   * The same body with each reference resolved; what is no reference at all is left as it is, for
   * its reader to refuse.
   *
   * @param self the service that the body is of
   * @throws InvalidInput naming the field, and what it says, if that is no service or not one only
   */
  Map<String, @Nullable Object> resolved(
      Map<String, @Nullable Object> body, Namespace namespace, ServiceId self) {
    if (REFERRING.stream().noneMatch(body::containsKey)) {
      return body;
    }
    var stack = services.find(namespace, self).map(Named::stack).orElse(null);
    return resolved(body, namespace, self, stack);
  }

  /**
   * @param stack the name of the stack that the service is in, null if in none
   */
  public Map<String, @Nullable Object> resolved(
      Map<String, @Nullable Object> body,
      Namespace namespace,
      ServiceId self,
      @Nullable String stack) {
    var search = new Search(namespace, stack, new HashMap<>());
    var copy = new LinkedHashMap<String, @Nullable Object>(body);
    change(copy, "linked_to_service", (field, link) -> resolve(field, link, search));
    change(copy, "bindings", (field, binding) -> resolve(field, binding, search, self));
    copy.computeIfPresent("depends_on", (field, names) -> resolve(field, names, search));
    return copy;
  }

  private static Object resolve(String field, Object names, Search search) {
    if (!(names instanceof List<?> list)) {
      return names;
    }
    if (list.size() > MOST) {
      throw new InvalidInput(field, "must have at most %d entries".formatted(MOST));
    }
    var resolved = new ArrayList<@Nullable Object>();
    for (var one : list) {
      var found = search.find("%s[%d]".formatted(field, resolved.size()), one);
      resolved.add(found == null ? one : found.id().value());
    }
    return resolved;
  }

  private static void resolve(String field, Map<Object, @Nullable Object> link, Search search) {
    var target = search.find(field + ".to_service", link.get("to_service"));
    if (target != null) {
      link.put("to_service", target.id().value());
      if (link.get("name") == null || link.get("name").equals("")) {
        link.put("name", uniqueName(target, search));
      }
    }
  }

  /** A service's own name beside it or in no stack, and else with the name of its stack. */
  private static String uniqueName(Named target, Search search) {
    var stack = target.stack();
    return stack == null || stack.equals(search.stack)
        ? target.name()
        : target.name() + "." + stack;
  }

  private static void resolve(
      String field, Map<Object, @Nullable Object> binding, Search search, ServiceId self) {
    var source = search.find(field + ".volumes_from", binding.get("volumes_from"));
    if (source != null && source.id().equals(self)) {
      throw new InvalidInput(field + ".volumes_from", "must be another service");
    }
    if (source != null) {
      binding.put("volumes_from", source.id().value());
    }
  }

  private static void change(
      Map<String, @Nullable Object> body,
      String attribute,
      BiConsumer<String, Map<Object, @Nullable Object>> change) {
    if (!(body.get(attribute) instanceof List<?> list)) {
      return;
    }
    if (list.size() > MOST) {
      throw new InvalidInput(attribute, "must have at most %d entries".formatted(MOST));
    }
    var changed = new ArrayList<@Nullable Object>();
    for (var one : list) {
      if (one instanceof Map<?, ?> object) {
        var copy = new LinkedHashMap<Object, @Nullable Object>(object);
        change.accept("%s[%d]".formatted(attribute, changed.size()), copy);
        changed.add(copy);
      } else {
        changed.add(one);
      }
    }
    body.put(attribute, changed);
  }

  /** The services that one request names, each looked up once. */
  private final class Search {

    private final Namespace namespace;
    private final @Nullable String stack;
    private final Map<String, List<Named>> found;

    Search(Namespace namespace, @Nullable String stack, Map<String, List<Named>> found) {
      this.namespace = namespace;
      this.stack = stack;
      this.found = found;
    }

    @Nullable Named find(String field, @Nullable Object json) {
      if (!(json instanceof String || json instanceof Number) || json.equals("")) {
        return null;
      }
      var text = json.toString();
      var candidates = found.computeIfAbsent(text, this::candidates);
      return switch (candidates.size()) {
        case 1 -> candidates.getFirst();
        case 0 -> throw new InvalidInput(field, "names no service: '%s'".formatted(shown(text)));
        default ->
            throw new InvalidInput(
                field,
                "names %d services: '%s'; give the uuid of one: %s"
                    .formatted(
                        candidates.size(),
                        shown(text),
                        String.join(
                            ", ", candidates.stream().limit(5).map(n -> n.id().value()).toList())));
      };
    }

    private List<Named> candidates(String text) {
      if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
        return List.of();
      }
      var last = Delimited.last(text, '/');
      if (Uuids.isUuid(last)) {
        return isElsewhere(text)
            ? List.of()
            : services
                .find(namespace, new ServiceId(last.toLowerCase(Locale.ROOT)))
                .map(List::of)
                .orElse(List.of());
      }
      int dot = text.indexOf('.');
      return dot < 0
          ? byName(text)
          : inStack(services.named(namespace, text.substring(0, dot)), text.substring(dot + 1));
    }

    private boolean isElsewhere(String uri) {
      if (uri.length() > LONGEST_URI) {
        return false;
      }
      var match = NAMESPACED.matcher(uri);
      return match.matches() && !match.group(1).equals(namespace.value());
    }

    private List<Named> byName(String name) {
      var all = services.named(namespace, name);
      var nearest = stack == null ? List.<Named>of() : inStack(all, stack);
      return nearest.isEmpty() ? inStack(all, null) : nearest;
    }

    private static List<Named> inStack(List<Named> services, @Nullable String stack) {
      return services.stream().filter(one -> Objects.equals(one.stack(), stack)).toList();
    }

    private static String shown(String text) {
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
  }
}
