package dev.slipway.command.service;

import dev.slipway.command.scheduling.Cluster;
import dev.slipway.model.Secret;
import dev.slipway.model.api.LinkVariables;
import dev.slipway.model.api.Reach;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of links, which are fixed when a container is placed and not changed after. */
final class LinksAtPlacement {

  private LinksAtPlacement() {}

  /**
   * The services that the links lead to; one that is gone or of another namespace is none. What is
   * deployed one after the other is linked to those before it by the service's own name.
   */
  static Map<String, Service> targets(Service service, Cluster.Source services) {
    var targets = new LinkedHashMap<String, Service>();
    for (var link : service.definitions().current().get(Attributes.LINKED_TO_SERVICE)) {
      var target =
          link.to().equals(service.id()) ? Optional.of(service) : services.service(link.to());
      target
          .filter(one -> one.namespace().equals(service.namespace()))
          .ifPresent(one -> targets.put(link.name(), one));
    }
    if (service.definitions().current().get(Attributes.SEQUENTIAL_DEPLOYMENT)) {
      targets.putIfAbsent(service.name(), service);
    }
    return targets;
  }

  /** The most that the links of one container may bring: it is stored with each container. */
  static final int MAX_BYTES = 256 * 1024;

  /**
   * Explains why the variables of links cannot be stored.
   *
   * @param targets by the name of the link
   * @return null if they can
   */
  static @Nullable String tooLarge(Map<String, Service> targets, Reach reach) {
    var sizes = new LinkedHashMap<String, Long>();
    targets.forEach(
        (link, target) -> sizes.put(link, bytes(LinkVariables.of(link, target, reach))));
    long all = sizes.values().stream().mapToLong(Long::longValue).sum();
    if (all <= MAX_BYTES) {
      return null;
    }
    var largest =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return String.format(
        Locale.ROOT,
        "the variables of its links have %,d bytes, at most %,d are taken; most come from %s with"
            + " %,d",
        all,
        MAX_BYTES,
        largest,
        sizes.get(largest));
  }

  private static long bytes(Map<String, Secret> variables) {
    return variables.entrySet().stream()
        .mapToLong(one -> one.getKey().length() + escaped(one.getValue().reveal()))
        .sum();
  }

  /** How long a text is as JSON in UTF-8, at most. */
  private static long escaped(String text) {
    return text.chars()
        .mapToLong(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3)
        .sum();
  }

  /**
   * @param targets by the name of the link
   */
  static List<EnvironmentVariable> variables(Map<String, Service> targets, Reach reach) {
    var variables = new LinkedHashMap<String, Secret>();
    targets.forEach((link, target) -> variables.putAll(LinkVariables.of(link, target, reach)));
    return variables.entrySet().stream()
        .map(variable -> new EnvironmentVariable(variable.getKey(), variable.getValue()))
        .toList();
  }
}
