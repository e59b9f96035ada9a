package dev.slipway.command.stack;

import dev.slipway.command.api.UnknownKeys;
import dev.slipway.model.InvalidInput;
import java.util.ArrayList;
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

  /** Top-level keys of Compose files, which clients take for services. */
  private static final Set<String> OF_COMPOSE =
      Set.of("version", "services", "volumes", "networks", "secrets", "configs");

  /** Reads the value of one key of a stackfile into the attributes that it stands for. */
  private interface Rule {
    void read(String key, Object value, Reading into);
  }

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("image", StackfileKeys::image),
          Map.entry("image_name", StackfileKeys::image),
          Map.entry("command", line("run_command")),
          Map.entry("run_command", line("run_command")),
          Map.entry("entrypoint", line("entrypoint")),
          Map.entry("environment", StackfileKeys::environment),
          Map.entry("links", each("linked_to_service", StackfileKeys::link)),
          Map.entry("linked_to_service", each("linked_to_service", StackfileKeys::link)),
          Map.entry("ports", each("container_ports", StackfilePorts::published)),
          Map.entry("expose", each("container_ports", StackfilePorts::exposed)),
          Map.entry("container_ports", each("container_ports", asItIs("container_ports"))),
          Map.entry("volumes", each("bindings", StackfileVolumes::volume)),
          Map.entry("volumes_from", each("bindings", StackfileVolumes::volumesFrom)),
          Map.entry("bindings", each("bindings", asItIs("bindings"))),
          Map.entry("container_envvars", each("container_envvars", asItIs("container_envvars"))),
          Map.entry("restart", StackfileKeys::restart),
          Map.entry("autorestart", StackfileKeys::restart),
          Map.entry("autodestroy", upper("autodestroy")),
          Map.entry("deployment_strategy", upper("deployment_strategy")),
          Map.entry("net", lower("net")),
          Map.entry("network_mode", StackfileKeys::networkMode),
          Map.entry("pid", lower("pid")),
          Map.entry("on_node_loss", lower("on_node_loss")),
          Map.entry("deploy_order", lower("deploy_order")),
          Map.entry("mem_limit", megabytes("memory")),
          Map.entry("memswap_limit", megabytes("memory_swap")),
          Map.entry("labels", pairs("labels")),
          Map.entry("sysctls", pairs("sysctls")),
          Map.entry("healthcheck", StackfileKeys::asAttribute),
          Map.entry("ulimits", StackfileKeys::asAttribute),
          Map.entry("logging", StackfileKeys::asAttribute),
          Map.entry("log_driver", StackfileKeys::logDriver),
          Map.entry("log_opt", StackfileKeys::logOptions),
          Map.entry("tmpfs", StackfileKeys::tmpfs),
          Map.entry("depends_on", StackfileKeys::dependsOn),
          Map.entry("extra_hosts", StackfileKeys::hosts));

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

  private static Rule pairs(String attribute) {
    return (key, value, into) -> {
      var pairs = new LinkedHashMap<String, String>();
      StackfileForms.pairs(key, value, '=')
          .forEach((name, text) -> pairs.put(name, Objects.requireNonNullElse(text, "")));
      into.set(attribute, key, pairs);
    };
  }

  private static Rule line(String attribute) {
    return (key, value, into) -> into.set(attribute, key, StackfileForms.line(key, value));
  }

  private static Rule megabytes(String attribute) {
    return (key, value, into) -> into.set(attribute, key, StackfileForms.megabytes(key, value));
  }

  /** YAML reads a bare {@code no} or {@code off} as false. */
  private static Rule upper(String attribute) {
    return (key, value, into) -> into.set(attribute, key, StackfileKeys.choice(value));
  }

  private static Rule lower(String attribute) {
    return (key, value, into) ->
        into.set(
            attribute, key, value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
  }
}
