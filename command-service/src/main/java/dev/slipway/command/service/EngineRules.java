package dev.slipway.command.service;

import dev.slipway.model.Ascii;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.policy.HostPath;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ShellWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of every Engine that need no Engine to know: a value that breaks one is refused when it
 * is set, not when a container is made of it. They apply to what a client sets, never to history.
 */
public final class EngineRules {

  private static final int LEAST_MEMORY = 6;
  private static final int LEAST_SHARES = 2;
  private static final int LONGEST_HOST_NAME = 63;
  private static final int LONGEST_SHOWN = 100;

  private static final Set<String> SECURITY_OPTIONS =
      Set.of("no-new-privileges", "label", "seccomp", "apparmor", "systempaths");

  private EngineRules() {}

  /**
   * Checks what a client sets.
   *
   * @param set what a client sets: a whole definition or a part of one
   * @throws InvalidInput naming the first value that no Engine takes, and the rule
   */
  public static void check(ServiceDefinition set) {
    atLeast(set, Attributes.MEMORY, LEAST_MEMORY);
    atLeast(set, Attributes.CPU_SHARES, LEAST_SHARES);
    processors(set.find(Attributes.CPUSET));
    command(set, Attributes.RUN_COMMAND);
    command(set, Attributes.ENTRYPOINT);
    workingDir(set.find(Attributes.WORKING_DIR));
    hostName(set, Attributes.HOSTNAME);
    hostName(set, Attributes.DOMAINNAME);
    macAddress(set.find(Attributes.MAC_ADDRESS));
    user(set.find(Attributes.USER));
    paths(set.get(Attributes.BINDINGS));
    each(set, Attributes.CAP_ADD, EngineRules::capability);
    each(set, Attributes.CAP_DROP, EngineRules::capability);
    each(set, Attributes.DNS, EngineRules::nameServer);
    each(set, Attributes.DNS_SEARCH, EngineRules::searchDomain);
    each(set, Attributes.EXTRA_HOSTS, EngineRules::extraHost);
    each(set, Attributes.DEVICES, EngineRules::device);
    each(set, Attributes.SECURITY_OPT, EngineRules::securityOption);
    ContainerRules.check(set);
  }

  /** A rule for one text of a list. */
  @FunctionalInterface
  interface Rule {
    void check(String place, String text);
  }

  static void each(ServiceDefinition set, Attribute<List<String>> attribute, Rule rule) {
    int at = 0;
    for (var text : set.get(attribute)) {
      rule.check("%s[%d]".formatted(attribute.name(), at++), text);
    }
  }

  static InvalidInput broken(String place, String rule, Object got) {
    var text = got.toString();
    var shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    return new InvalidInput(place, "%s (got %s)".formatted(rule, shown));
  }

  /** 0 is what an Engine takes for not set. */
  private static void atLeast(ServiceDefinition set, Attribute<Integer> attribute, int least) {
    var value = set.find(attribute);
    if (value != null && value != 0 && value < least) {
      throw broken(attribute.name(), "must be at least " + least, value);
    }
  }

  private static void processors(@Nullable String text) {
    if (text == null) {
      return;
    }
    for (var range : Delimited.split(text, ',')) {
      int dash = range.indexOf('-');
      if (dash >= 0 && number(range.substring(0, dash)) > number(range.substring(dash + 1))) {
        throw broken("cpuset", "must have ranges from a lower to a higher number", text);
      }
    }
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException tooLarge) {
      return Integer.MAX_VALUE;
    }
  }

  private static void command(ServiceDefinition set, Attribute<String> attribute) {
    var line = set.find(attribute);
    if (line == null) {
      return;
    }
    try {
      var _ = ShellWords.of(line);
    } catch (IllegalArgumentException unbalanced) {
      throw broken(attribute.name(), String.valueOf(unbalanced.getMessage()), line);
    }
  }

  private static void workingDir(@Nullable String path) {
    if (path != null && !path.isEmpty() && !path.startsWith("/")) {
      throw broken("working_dir", "must be an absolute path", path);
    }
  }

  private static void hostName(ServiceDefinition set, Attribute<String> attribute) {
    var name = set.find(attribute);
    if (name != null && !name.isEmpty() && !isHostName(name)) {
      throw broken(
          attribute.name(),
          "must be 1 to %d letters, digits, '-', '_' and '.', and begin with a letter or digit"
              .formatted(LONGEST_HOST_NAME),
          name);
    }
  }

  private static boolean isHostName(String text) {
    return text.length() <= LONGEST_HOST_NAME
        && Ascii.isLetterOrDigit(text.charAt(0))
        && text.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
  }

  private static void macAddress(@Nullable String address) {
    if (address != null && Integer.parseInt(address.substring(0, 2), 16) % 2 == 1) {
      throw broken("mac_address", "must be of one host, with an even first byte", address);
    }
  }

  private static void user(@Nullable String user) {
    if (user == null || user.isEmpty()) {
      return;
    }
    boolean spaced = user.chars().anyMatch(Character::isWhitespace);
    if (spaced || user.indexOf(':') != user.lastIndexOf(':') || user.startsWith(":")) {
      throw broken("user", "must be like user, user:group, or their numbers", user);
    }
  }

  /** As the Engine compares them: {@code /x/} and {@code /x} are one path. */
  private static void paths(List<Binding> bindings) {
    var seen = new HashSet<HostPath>();
    for (int at = 0; at < bindings.size(); at++) {
      var path = bindings.get(at).containerPath();
      if (path == null) {
        continue;
      }
      var place = "bindings[%d].container_path".formatted(at);
      var one = HostPath.of(path);
      if (one.names().isEmpty()) {
        throw broken(place, "must not be the root of the container", path);
      }
      if (!seen.add(one)) {
        throw broken(place, "must be another path than those of other bindings", path);
      }
    }
  }

  private static void capability(String place, String name) {
    if (!Capability.isOne(name)) {
      throw broken(place, "must be a capability of Linux such as NET_ADMIN, or ALL", name);
    }
  }

  private static void nameServer(String place, String address) {
    if (!IpAddress.isOne(address)) {
      throw broken(place, "must be an IP address", address);
    }
  }

  private static void searchDomain(String place, String domain) {
    var bare = domain.equals(".") ? "" : domain;
    boolean valid =
        domain.equals(".")
            || (!bare.isEmpty()
                && bare.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
    if (!valid) {
      throw broken(place, "must be a domain such as example.com, or '.'", domain);
    }
  }

  private static void extraHost(String place, String text) {
    int colon = text.indexOf(':');
    var address = text.substring(colon + 1);
    boolean known = address.equals("host-gateway") || IpAddress.isOne(address);
    if (colon < 1 || !known) {
      throw broken(place, "must be host:address with an IP address or host-gateway", text);
    }
  }

  private static void device(String place, String text) {
    var parts = Delimited.split(text, ':');
    boolean moded = parts.size() > 1 && isMode(parts.getLast());
    var paths = moded ? parts.subList(0, parts.size() - 1) : parts;
    if (paths.size() > 2 || !paths.stream().allMatch(path -> path.startsWith("/"))) {
      throw broken(
          place,
          "must be host[:container[:permissions]] with absolute paths and permissions of r, w, m",
          text);
    }
  }

  private static boolean isMode(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "rwm".indexOf(c) >= 0);
  }

  private static void securityOption(String place, String text) {
    int end = 0;
    while (end < text.length() && "=:".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    var name = text.substring(0, end);
    boolean bare = text.equals(name);
    if (!SECURITY_OPTIONS.contains(name) || (bare && !name.equals("no-new-privileges"))) {
      throw broken(
          place,
          "must be no-new-privileges, or label=, seccomp=, apparmor= or systempaths= with a value",
          text);
    }
  }
}
