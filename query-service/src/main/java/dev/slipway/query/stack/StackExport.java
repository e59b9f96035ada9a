package dev.slipway.query.stack;

import dev.slipway.model.Namespace;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.service.Services;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes services as a stackfile has them: only what is set, in its short forms. */
final class StackExport {

  /** What a stackfile has under another key or in another form. */
  private static final Set<Attribute<?>> IN_OTHER_FORM =
      Set.of(
          Attributes.NAME,
          Attributes.NICKNAME,
          Attributes.RUN_COMMAND,
          Attributes.CONTAINER_ENVVARS,
          Attributes.CONTAINER_PORTS,
          Attributes.LINKED_TO_SERVICE,
          Attributes.BINDINGS,
          Attributes.AUTORESTART,
          Attributes.AUTODESTROY,
          Attributes.DEPLOYMENT_STRATEGY,
          Attributes.TAGS,
          Attributes.MEMORY,
          Attributes.MEMORY_SWAP,
          Attributes.DEPENDS_ON);

  private final Services services;

  StackExport(Services services) {
    this.services = services;
  }

  /** What the stack's file calls each service that is linked to or lends its volumes. */
  Map<ServiceId, String> names(Namespace namespace, Stacks.Whole whole) {
    var names = new HashMap<ServiceId, String>();
    whole.services().forEach(service -> names.put(service.id(), service.name()));
    var own = Set.copyOf(names.values());
    for (var service : whole.services()) {
      var definition = service.definitions().current();
      definition
          .get(Attributes.LINKED_TO_SERVICE)
          .forEach(link -> names.computeIfAbsent(link.to(), id -> nameOf(namespace, id, own)));
      definition
          .get(Attributes.DEPENDS_ON)
          .forEach(other -> names.computeIfAbsent(other, id -> nameOf(namespace, id, own)));
      definition.get(Attributes.BINDINGS).stream()
          .map(Binding::volumesFrom)
          .filter(Objects::nonNull)
          .map(Objects::requireNonNull)
          .forEach(from -> names.computeIfAbsent(from, id -> nameOf(namespace, id, own)));
    }
    return names;
  }

  private String nameOf(Namespace namespace, ServiceId id, Set<String> own) {
    return services
        .find(namespace, id.value())
        .map(one -> one.stack() == null ? one.name() : one.name() + "." + one.stack().name())
        .filter(name -> !own.contains(name)) // the stack's own service of the name comes first
        .orElse(id.value());
  }

  static Map<String, @Nullable Object> of(Service service, Map<ServiceId, String> names) {
    var file = new LinkedHashMap<String, @Nullable Object>();
    var definition = service.definitions().current();
    for (var attribute : Attributes.all()) {
      boolean plain = !IN_OTHER_FORM.contains(attribute);
      if (plain && !Objects.equals(definition.find(attribute), attribute.unset())) {
        file.put(attribute.name(), definition.json(attribute));
      }
    }
    putWords(file, definition);
    var variables = new LinkedHashMap<String, String>();
    definition
        .get(Attributes.CONTAINER_ENVVARS)
        .forEach(variable -> variables.put(variable.key(), variable.value().reveal()));
    put(file, "environment", variables);
    putPorts(file, definition.get(Attributes.CONTAINER_PORTS));
    putVolumes(file, definition.get(Attributes.BINDINGS), names);
    put(
        file,
        "links",
        definition.get(Attributes.LINKED_TO_SERVICE).stream()
            .map(link -> names.get(link.to()) + ":" + link.name())
            .toList());
    put(
        file,
        "depends_on",
        definition.get(Attributes.DEPENDS_ON).stream().map(names::get).toList());
    return file;
  }

  private static void putWords(Map<String, @Nullable Object> file, ServiceDefinition definition) {
    put(file, "command", definition.find(Attributes.RUN_COMMAND));
    put(file, "mem_limit", size(definition.find(Attributes.MEMORY)));
    put(file, "memswap_limit", size(definition.find(Attributes.MEMORY_SWAP)));
    put(file, "tags", definition.get(Attributes.TAGS));
    put(file, "restart", word(definition.get(Attributes.AUTORESTART)));
    put(file, "autodestroy", word(definition.get(Attributes.AUTODESTROY)));
    if (definition.sets(Attributes.DEPLOYMENT_STRATEGY)) {
      var strategy = definition.get(Attributes.DEPLOYMENT_STRATEGY);
      put(file, "deployment_strategy", strategy.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void putPorts(Map<String, @Nullable Object> file, List<PortSpec> ports) {
    put(file, "ports", ports.stream().filter(PortSpec::published).map(StackExport::port).toList());
    put(file, "expose", ports.stream().filter(p -> !p.published()).map(StackExport::port).toList());
  }

  private static String port(PortSpec port) {
    return (port.outerPort() == null ? "" : port.outerPort() + ":")
        + port.innerPort()
        + (port.protocol() == Protocol.TCP ? "" : "/" + port.protocol().text());
  }

  private static void putVolumes(
      Map<String, @Nullable Object> file, List<Binding> bindings, Map<ServiceId, String> names) {
    put(
        file,
        "volumes",
        bindings.stream()
            .filter(binding -> binding.volumesFrom() == null)
            .map(
                binding ->
                    (binding.hostPath() == null ? "" : binding.hostPath() + ":")
                        + binding.containerPath()
                        + (binding.rewritable() ? "" : ":ro"))
            .toList());
    put(
        file,
        "volumes_from",
        bindings.stream()
            .filter(binding -> binding.volumesFrom() != null)
            .map(
                binding ->
                    names.get(Objects.requireNonNull(binding.volumesFrom()))
                        + (binding.rewritable() ? "" : ":ro"))
            .toList());
  }

  /** {@code OFF} is left out, as it is in a file that says nothing. */
  private static @Nullable String word(Enum<?> value) {
    return value.name().equals("OFF")
        ? null
        : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static @Nullable String size(@Nullable Integer megabytes) {
    return megabytes == null ? null : megabytes < 0 ? "-1" : megabytes + "m";
  }

  private static void put(Map<String, @Nullable Object> file, String key, @Nullable Object value) {
    boolean empty =
        value == null
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty());
    if (!empty) {
      file.put(key, value);
    }
  }
}
