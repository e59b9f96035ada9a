package dev.slipway.command.stack;

import dev.slipway.model.InvalidInput;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a service of a stack in either of the dialects that clients write, the API's own and the
 * stackfile's, and gives it in the API's. Links and volumes still name services as the client did.
 */
final class Stackfile {

  private static final Set<String> UNSUPPORTED = Set.of("build", "external_links", "env_file");

  /** Reads the value of one key of a stackfile into the attributes that it stands for. */
  private interface Rule {
    void read(String field, Object value, Map<String, @Nullable Object> into);
  }

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("image_name", (_, value, into) -> into.putIfAbsent("image", value)),
          Map.entry("command", (_, value, into) -> into.put("run_command", line(value))),
          Map.entry("run_command", (_, value, into) -> into.put("run_command", line(value))),
          Map.entry("entrypoint", (_, value, into) -> into.put("entrypoint", line(value))),
          Map.entry("environment", Stackfile::environment),
          Map.entry("links", each("linked_to_service", StackfileForms::link)),
          Map.entry("linked_to_service", each("linked_to_service", StackfileForms::link)),
          Map.entry("ports", each("container_ports", StackfileForms::port)),
          Map.entry("expose", each("container_ports", StackfileForms::exposed)),
          Map.entry("container_ports", each("container_ports", (_, value) -> value)),
          Map.entry("volumes", each("bindings", StackfileForms::volume)),
          Map.entry("volumes_from", each("bindings", StackfileForms::volumesFrom)),
          Map.entry("bindings", each("bindings", (_, value) -> value)),
          Map.entry("container_envvars", each("container_envvars", (_, value) -> value)),
          Map.entry("restart", (_, value, into) -> into.put("autorestart", choice(value))),
          Map.entry("autodestroy", (_, value, into) -> into.put("autodestroy", choice(value))),
          Map.entry(
              "deployment_strategy",
              (_, value, into) -> into.put("deployment_strategy", choice(value))),
          Map.entry(
              "mem_limit",
              (field, value, into) -> into.put("memory", StackfileForms.megabytes(field, value))),
          Map.entry(
              "memswap_limit",
              (field, value, into) ->
                  into.put("memory_swap", StackfileForms.megabytes(field, value))),
          Map.entry(
              "labels",
              (field, value, into) -> into.put("labels", StackfileForms.pairs(field, value, '='))),
          Map.entry("extra_hosts", Stackfile::hosts));

  private Stackfile() {}

  /** The fields of a service that are no attributes of the API. */
  static Set<String> fields() {
    var fields = new HashSet<>(RULES.keySet());
    fields.addAll(UNSUPPORTED);
    return fields;
  }

  /**
   * The service in the API's dialect. Keys that are not known pass through.
   *
   * @param field the path of the service, such as {@code services[0]}, to name in an error
   * @throws InvalidInput if a value has none of the forms that its key takes
   */
  static Map<String, @Nullable Object> read(String field, Map<?, ?> service) {
    var api = new LinkedHashMap<String, @Nullable Object>();
    service.forEach(
        (name, value) -> {
          var key = Objects.toString(name);
          if (UNSUPPORTED.contains(key)) {
            throw new InvalidInput(
                field + "." + key,
                "is not supported in a stack; service %s has it".formatted(service.get("name")));
          }
          var rule = RULES.get(key);
          if (rule == null || value == null) {
            api.put(key, value);
          } else {
            rule.read(field + "." + key, value, api);
          }
        });
    return api;
  }

  private interface Form {
    @Nullable Object read(String field, Object value);
  }

  /** Each value of a list adds one to an attribute that other keys may add to as well. */
  private static Rule each(String attribute, Form form) {
    return (String field, Object value, Map<String, @Nullable Object> into) -> {
      if (!(value instanceof List<?> values)) {
        throw new InvalidInput(field, "must be a list");
      }
      int at = 0;
      for (var one : values) {
        var place = "%s[%d]".formatted(field, at++);
        if (one == null) {
          throw new InvalidInput(place, "must not be null");
        }
        add(attribute, form.read(place, one), into);
      }
      into.putIfAbsent(attribute, List.of());
    };
  }

  private static void add(
      String attribute, @Nullable Object value, Map<String, @Nullable Object> into) {
    var all = new java.util.ArrayList<@Nullable Object>();
    if (into.get(attribute) instanceof List<?> before) {
      all.addAll(before);
    }
    all.add(value);
    into.put(attribute, all);
  }

  private static void environment(String field, Object value, Map<String, @Nullable Object> into) {
    into.putIfAbsent("container_envvars", List.of());
    StackfileForms.pairs(field, value, '=')
        .forEach((key, text) -> add("container_envvars", Map.of("key", key, "value", text), into));
  }

  private static void hosts(String field, Object value, Map<String, @Nullable Object> into) {
    into.put(
        "extra_hosts",
        value instanceof Map<?, ?>
            ? StackfileForms.pairs(field, value, ':').entrySet().stream()
                .map(host -> host.getKey() + ":" + host.getValue())
                .toList()
            : value);
  }

  /** YAML reads a bare {@code no} as false. */
  private static Object choice(Object value) {
    return switch (value) {
      case Boolean flag when !flag -> "OFF";
      case String text when text.equalsIgnoreCase("no") -> "OFF";
      case String text -> text.toUpperCase(Locale.ROOT).replace('-', '_');
      default -> value;
    };
  }

  /** A command may be given word by word. */
  private static Object line(Object value) {
    return value instanceof List<?> words
        ? String.join(" ", words.stream().map(StackfileForms::word).toList())
        : value;
  }
}
