package dev.slipway.command.stack;

import dev.slipway.command.api.UnknownKeys;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
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

  /** Top-level keys of Compose files, which clients take for services. */
  private static final Set<String> OF_COMPOSE =
      Set.of("version", "services", "volumes", "networks", "secrets", "configs");

  /** Reads the value of one key of a stackfile into the attributes that it stands for. */
  private interface Rule {
    void read(String key, Object value, Reading into);
  }

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("image", Stackfile::image),
          Map.entry("image_name", Stackfile::image),
          Map.entry("command", line("run_command")),
          Map.entry("run_command", line("run_command")),
          Map.entry("entrypoint", line("entrypoint")),
          Map.entry("environment", Stackfile::environment),
          Map.entry("links", each("linked_to_service", Stackfile::link)),
          Map.entry("linked_to_service", each("linked_to_service", Stackfile::link)),
          Map.entry("ports", each("container_ports", StackfilePorts::published)),
          Map.entry("expose", each("container_ports", StackfilePorts::exposed)),
          Map.entry("container_ports", each("container_ports", asItIs("container_ports"))),
          Map.entry("volumes", each("bindings", StackfileVolumes::volume)),
          Map.entry("volumes_from", each("bindings", StackfileVolumes::volumesFrom)),
          Map.entry("bindings", each("bindings", asItIs("bindings"))),
          Map.entry("container_envvars", each("container_envvars", asItIs("container_envvars"))),
          Map.entry("restart", Stackfile::restart),
          Map.entry("autorestart", Stackfile::restart),
          Map.entry("autodestroy", upper("autodestroy")),
          Map.entry("deployment_strategy", upper("deployment_strategy")),
          Map.entry("net", lower("net")),
          Map.entry("network_mode", Stackfile::networkMode),
          Map.entry("pid", lower("pid")),
          Map.entry("on_node_loss", lower("on_node_loss")),
          Map.entry("deploy_order", lower("deploy_order")),
          Map.entry("mem_limit", megabytes("memory")),
          Map.entry("memswap_limit", megabytes("memory_swap")),
          Map.entry("labels", Stackfile::labels),
          Map.entry("extra_hosts", Stackfile::hosts));

  private static final UnknownKeys KEYS = UnknownKeys.ofStackfiles(RULES.keySet());

  private Stackfile() {}

  /** The fields of a service that are no attributes of the API. */
  static Set<String> fields() {
    var fields = new HashSet<>(RULES.keySet());
    fields.addAll(UNSUPPORTED);
    return fields;
  }

  /**
   * The service in the API's dialect.
   *
   * @throws InvalidInput naming the key, if a value has none of the forms that the key takes
   */
  static Reading read(Map<?, ?> service) {
    refuseCompose(service);
    var into = new Reading();
    service.forEach(
        (name, value) -> {
          var key = Objects.toString(name);
          if (UNSUPPORTED.contains(key)) {
            throw new InvalidInput(key, "is not supported in a stack");
          }
          var rule = RULES.get(key);
          if (rule == null) {
            into.api().put(key, value);
          } else if (value != null) {
            rule.read(key, value, into);
          }
        });
    KEYS.warnings(service.keySet()).forEach(into::warn);
    withoutDoubleExposure(into);
    return into;
  }

  private static void refuseCompose(Map<?, ?> service) {
    var name = Objects.toString(service.get("name"), "");
    if (OF_COMPOSE.contains(name) && service.get("image") == null) {
      throw new InvalidInput(
          "name",
          ("is %s, a top-level key of Compose files and no service: a stackfile has its services"
                  + " at the top level, so move them there and remove the key")
              .formatted(name));
    }
  }

  /** A port that is published is exposed by that. */
  private static void withoutDoubleExposure(Reading into) {
    var published = new HashSet<String>();
    var kept = new ArrayList<@Nullable Object>();
    for (var port : into.list("container_ports")) {
      if (port instanceof Map<?, ?> object && Boolean.TRUE.equals(object.get("published"))) {
        published.add(inner(object));
      }
    }
    for (var port : into.list("container_ports")) {
      boolean exposed =
          port instanceof Map<?, ?> object
              && Boolean.FALSE.equals(object.get("published"))
              && published.contains(inner(object));
      if (!exposed) {
        kept.add(port);
      }
    }
    into.api().computeIfPresent("container_ports", (_, _) -> kept);
  }

  private static String inner(Map<?, ?> port) {
    return port.get("inner_port") + "/" + port.get("protocol");
  }

  /** Each value of a list adds to an attribute that other keys may add to as well. */
  private static Rule each(String attribute, Rule form) {
    return (key, value, into) -> {
      if (!(value instanceof List<?> values)) {
        throw new InvalidInput(key, "must be a list");
      }
      into.begin(attribute, key);
      int at = 0;
      for (var one : values) {
        var place = "%s[%d]".formatted(key, at++);
        if (one == null) {
          throw new InvalidInput(place, "must not be null");
        }
        form.read(place, one, into);
      }
    };
  }

  private static Rule asItIs(String attribute) {
    return (place, value, into) -> into.add(attribute, place, value, false);
  }

  private static Rule line(String attribute) {
    return (key, value, into) -> into.set(attribute, key, StackfileForms.line(key, value));
  }

  private static Rule megabytes(String attribute) {
    return (key, value, into) -> into.set(attribute, key, StackfileForms.megabytes(key, value));
  }

  private static void image(String key, Object value, Reading into) {
    if (value instanceof String text && text.contains("${")) {
      throw new InvalidInput(
          key,
          "must have no variables: nothing replaces them here; write what %s stands for"
              .formatted(text.length() > 100 ? "the variable" : text));
    }
    if (key.equals("image") || into.api().get("image") == null) {
      into.set("image", key, value);
    }
  }

  private static void link(String place, Object value, Reading into) {
    into.add(
        "linked_to_service", place, StackfileForms.link(place, value), value instanceof String);
  }

  private static void environment(String key, Object value, Reading into) {
    into.begin("container_envvars", key);
    StackfileForms.pairs(key, value, '=')
        .forEach(
            (name, text) -> {
              if (text == null) {
                into.warn(
                    key + "." + name,
                    "has no value and stays as the image sets it: nothing is taken from the"
                        + " environment of who sends the file");
              } else {
                var variable = Map.of("key", name, "value", text);
                into.add("container_envvars", key + "." + name, variable, true);
              }
            });
  }

  private static void labels(String key, Object value, Reading into) {
    var labels = new java.util.LinkedHashMap<String, String>();
    StackfileForms.pairs(key, value, '=')
        .forEach((name, text) -> labels.put(name, Objects.requireNonNullElse(text, "")));
    into.set("labels", key, labels);
  }

  private static void hosts(String key, Object value, Reading into) {
    into.set(
        "extra_hosts",
        key,
        value instanceof Map<?, ?>
            ? StackfileForms.pairs(key, value, ':').entrySet().stream()
                .map(host -> host.getKey() + ":" + Objects.toString(host.getValue(), ""))
                .toList()
            : value);
  }

  /** YAML reads a bare {@code no} or {@code off} as false. */
  private static Rule upper(String attribute) {
    return (key, value, into) -> into.set(attribute, key, choice(value));
  }

  private static Object choice(Object value) {
    return switch (value) {
      case Boolean flag when !flag -> "OFF";
      case String text when text.equalsIgnoreCase("no") -> "OFF";
      case String text -> text.toUpperCase(Locale.ROOT).replace('-', '_');
      default -> value;
    };
  }

  private static Rule lower(String attribute) {
    return (key, value, into) ->
        into.set(
            attribute, key, value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
  }

  private static void restart(String key, Object value, Reading into) {
    var choice = choice(value);
    if ("UNLESS_STOPPED".equals(choice)) {
      into.warn(key, "is taken as always: what is stopped stays stopped in any case");
      choice = "ALWAYS";
    } else if (choice instanceof String text && text.startsWith("ON_FAILURE:")) {
      into.warn(key, "is taken as on-failure, without a limit of its own");
      choice = "ON_FAILURE";
    }
    into.set(Attributes.AUTORESTART.name(), key, choice);
  }

  private static void networkMode(String key, Object value, Reading into) {
    if ("host".equals(value) || "bridge".equals(value)) {
      into.set("net", key, value);
    } else {
      into.warn(key, "has no effect: it is taken if it is host or bridge");
    }
  }
}
