package dev.slipway.command.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The services of a stack's body, in either dialect, as an action may show them. */
final class StackSecrets {

  private static final String HIDDEN = "***";

  private StackSecrets() {}

  /** The same without the values of environment variables. */
  static Object hidden(Object services) {
    if (!(services instanceof List<?> list)) {
      return HIDDEN;
    }
    var shown = new ArrayList<@Nullable Object>();
    for (var service : list) {
      shown.add(service instanceof Map<?, ?> map ? service(map) : HIDDEN);
    }
    return shown;
  }

  private static Map<Object, @Nullable Object> service(Map<?, ?> service) {
    var shown = new LinkedHashMap<Object, @Nullable Object>(service);
    shown.computeIfPresent("container_envvars", (_, all) -> RequestBody.withoutValues(all));
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
              .map(one -> Objects.toString(one, "").replaceFirst("(?s)=.*", "=" + HIDDEN))
              .toList();
      default -> HIDDEN;
    };
  }
}
