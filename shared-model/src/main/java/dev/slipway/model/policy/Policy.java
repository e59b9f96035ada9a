package dev.slipway.model.policy;

import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceDefinition;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the services of a namespace may ask of their hosts.
 *
 * @param rules by danger; one without a rule is denied
 * @param hostPaths below which bindings may lie; the rule for bindings holds for these, and others
 *     are denied
 * @param exec whether commands may be run by hand in its containers, null if nobody has said so:
 *     then they may
 */
public record Policy(SortedMap<Danger, Rule> rules, List<String> hostPaths, @Nullable Rule exec) {

  /** Denied where nothing is said, as in policies that were stored before them. */
  private static final Set<Danger> LATER = Set.of(Danger.ENGINE_SOCKET, Danger.LOGGING);

  private static final List<String> ANYWHERE = List.of("/");

  /** For the namespace of who runs the hosts. The Engine takes an explicit word even there. */
  public static final Policy ALLOWING = all(Rule.ALLOW).with(Danger.LOGGING, Rule.ALLOW);

  /** For everybody else, as long as nothing is said. */
  public static final Policy DENYING = all(Rule.DENY);

  public Policy {
    rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
    hostPaths = List.copyOf(hostPaths);
  }

  /**
   * Something dangerous that was asked.
   *
   * @param place the attribute, or the value in it, that asks for it
   * @param because why the rule holds, empty if the place alone says it
   */
  public record Finding(Danger danger, Rule rule, String place, String because) {}

  private static Policy all(Rule rule) {
    return new Policy(
        new TreeMap<>(
            Arrays.stream(Danger.values())
                .filter(danger -> !LATER.contains(danger))
                .collect(Collectors.toMap(danger -> danger, danger -> rule))),
        ANYWHERE,
        null);
  }

  public Rule rule(Danger danger) {
    return rules.getOrDefault(danger, Rule.DENY);
  }

  public Policy with(Danger danger, Rule rule) {
    var changed = new TreeMap<>(rules);
    changed.put(danger, rule);
    return new Policy(changed, hostPaths, exec);
  }

  public Policy withHostPaths(List<String> paths) {
    return new Policy(rules, paths, exec);
  }

  public Policy withExec(Rule rule) {
    return new Policy(rules, hostPaths, rule);
  }

  /** What is said to commands that are run by hand in containers. */
  public Rule ruleForExec() {
    return exec == null ? Rule.ALLOW : exec;
  }

  /** Whether its services may have the Engines of their hosts, and are root there by that. */
  public boolean allowsEngines() {
    return rule(Danger.ENGINE_SOCKET) != Rule.DENY;
  }

  /** Below which paths of a host its services may get: none where bindings are denied. */
  public List<String> allowedHostPaths() {
    return rule(Danger.BINDINGS) == Rule.DENY ? List.of() : hostPaths;
  }

  /** What is dangerous in what somebody sets, with what this policy says to it. */
  public List<Finding> findings(ServiceDefinition set) {
    return Arrays.stream(Danger.values())
        .filter(danger -> danger.isAskedBy(set))
        .map(danger -> finding(danger, set))
        .filter(finding -> finding.rule() != Rule.ALLOW)
        .toList();
  }

  private Finding finding(Danger danger, ServiceDefinition set) {
    return switch (danger) {
      case BINDINGS -> binding(set);
      case ENGINE_SOCKET -> engine(set);
      default -> new Finding(danger, rule(danger), danger.attribute(), "");
    };
  }

  private Finding binding(ServiceDefinition set) {
    var bindings = set.get(Attributes.BINDINGS);
    int first = -1;
    for (int at = 0; at < bindings.size(); at++) {
      var path = bindings.get(at).hostPath();
      if (path == null || HostPath.of(path).reachesAnEngine()) {
        continue;
      }
      if (!isWithinHostPaths(path)) {
        return new Finding(
            Danger.BINDINGS, Rule.DENY, place(at), path + " is not below its host_paths");
      }
      first = first < 0 ? at : first;
    }
    return new Finding(Danger.BINDINGS, rule(Danger.BINDINGS), place(first), "");
  }

  private Finding engine(ServiceDefinition set) {
    var bindings = set.get(Attributes.BINDINGS);
    for (int at = 0; at < bindings.size(); at++) {
      var path = bindings.get(at).hostPath();
      if (path != null && HostPath.of(path).reachesAnEngine()) {
        return new Finding(
            Danger.ENGINE_SOCKET,
            rule(Danger.ENGINE_SOCKET),
            place(at),
            path + " gives the node's Engine away, and root with it");
      }
    }
    throw new IllegalArgumentException("no binding reaches an Engine: " + set);
  }

  private static String place(int binding) {
    return "%s[%d]".formatted(Attributes.BINDINGS.name(), binding);
  }

  private boolean isWithinHostPaths(String path) {
    return hostPaths.stream().anyMatch(allowed -> HostPath.of(path).isWithin(HostPath.of(allowed)));
  }

  /** Whether it lets something through that the other one does not. */
  public boolean isLooserThan(Policy other) {
    return Arrays.stream(Danger.values())
            .anyMatch(danger -> rule(danger).isLooserThan(other.rule(danger)))
        || hostPaths.stream().anyMatch(path -> !other.isWithinHostPaths(path))
        || ruleForExec().isLooserThan(other.ruleForExec());
  }
}
