package dev.slipway.command.api;

import dev.slipway.model.Delimited;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The services of a stack's body, in either dialect, as an action may show them. */
final class StackSecrets {

  private static final String HIDDEN = "***";

  private StackSecrets() {}

  /** The same with known fields only, and without the values of environment variables. */
  static Object hidden(Object services, Predicate<String> isKnown) {
    if (!(services instanceof List<?> list)) {
      return HIDDEN;
    }
    var shown = new ArrayList<@Nullable Object>();
    for (var service : list) {
      shown.add(service instanceof Map<?, ?> map ? service(map, isKnown) : HIDDEN);
    }
    return shown;
  }

  private static Map<Object, @Nullable Object> service(
      Map<?, ?> service, Predicate<String> isKnown) {
    var shown = new LinkedHashMap<Object, @Nullable Object>(service);
    shown.keySet().removeIf(key -> !isKnown.test(String.valueOf(key)));
    shown.computeIfPresent("container_envvars", (_, all) -> RecordedBody.withoutValues(all));
    shown.computeIfPresent("environment", (_, all) -> environment(all));
    return shown;
  }

  private static Object environment(Object all) {
    return switch (all) {
      case Map<?, ?> map -> {
        var shown = new LinkedHashMap<Object, Object>();
        map.keySet().forEach(key -> shown.put(key, HIDDEN));
        yield shown;
      }
      case List<?> list ->
          list.stream()
              .map(one -> Objects.toString(one, ""))
              .map(one -> one.indexOf('=') < 0 ? one : Delimited.before(one, '=') + "=" + HIDDEN)
              .toList();
      default -> HIDDEN;
    };
  }
}
