package dev.slipway.command.api;

import dev.slipway.model.attribute.Attributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the keys of a request that have no effect, and the key that was probably meant. */
public final class UnknownKeys {

  private static final int MOST_WARNINGS = 20;
  private static final int LONGEST_SHOWN = 40;
  private static final String NO_EFFECT = "has no effect";

  /** What answers have and no request sets; clients send them back. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "uuid",
          "resource_uri",
          "image_name",
          "image_tag",
          "state",
          "synchronized",
          "public_dns",
          "stack",
          "containers",
          "deployed_datetime",
          "started_datetime",
          "stopped_datetime",
          "destroyed_datetime",
          "current_num_containers",
          "running_num_containers",
          "stopped_num_containers",
          "linked_from_service",
          "link_variables",
          "calculated_envvars",
          "reuse_volumes");

  /** The attribute for a key that stackfiles have. */
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("environment", "container_envvars"),
          Map.entry("env", "container_envvars"),
          Map.entry("envvars", "container_envvars"),
          Map.entry("ports", "container_ports"),
          Map.entry("expose", "container_ports"),
          Map.entry("volumes", "bindings"),
          Map.entry("volumes_from", "bindings"),
          Map.entry("links", "linked_to_service"),
          Map.entry("command", "run_command"),
          Map.entry("cmd", "run_command"),
          Map.entry("restart", "autorestart"),
          Map.entry("mem_limit", "memory"),
          Map.entry("memswap_limit", "memory_swap"),
          Map.entry("network_mode", "net"),
          Map.entry("replicas", "target_num_containers"),
          Map.entry("scale", "target_num_containers"));

  /** The key of a stackfile that another program has under another name. */
  private static final Map<String, String> KEYS =
      Map.of(
          "env", "environment",
          "envvars", "environment",
          "cmd", "command",
          "replicas", "target_num_containers",
          "scale", "target_num_containers",
          "deploy", "target_num_containers");

  /** Told to clients of services. */
  static final UnknownKeys OF_SERVICES = ofServices(Set.of(), ATTRIBUTES);

  /** Of requests that start, stop, redeploy or end something. */
  public static final UnknownKeys OF_OPERATIONS = of(Set.of("reuse_volumes"), Set.of());

  private final Set<String> settable;
  private final Set<String> readOnly;
  private final Map<String, String> meant;

  private UnknownKeys(Set<String> settable, Set<String> readOnly, Map<String, String> meant) {
    this.settable = settable;
    this.readOnly = readOnly;
    this.meant = meant;
  }

  /**
   * @param readOnly what answers have besides; clients send it back
   */
  public static UnknownKeys of(Set<String> settable, Set<String> readOnly) {
    return new UnknownKeys(settable, readOnly, Map.of());
  }

  private static UnknownKeys ofServices(Collection<String> more, Map<String, String> meant) {
    var settable = new HashSet<>(more);
    settable.removeAll(READ_ONLY);
    for (var attribute : Attributes.all()) {
      settable.add(attribute.name());
      settable.addAll(attribute.aliases());
    }
    return new UnknownKeys(settable, READ_ONLY, meant);
  }

  /**
   * @param keys those that stackfiles have besides the attributes
   */
  public static UnknownKeys ofStackfiles(Collection<String> keys) {
    return ofServices(keys, KEYS);
  }

  /** For each key without effect, at most {@value #MOST_WARNINGS} of them, what to say of it. */
  public Map<String, String> warnings(Collection<?> keys) {
    var warnings = new LinkedHashMap<String, String>();
    int more = 0;
    for (var one : keys) {
      var key = Objects.toString(one);
      if (isKnown(key)) {
        continue;
      }
      if (warnings.size() < MOST_WARNINGS) {
        warnings.put(shown(key), warning(key));
      } else {
        more++;
      }
    }
    if (more > 0) {
      warnings.put("%d more keys".formatted(more), "have no effect");
    }
    return warnings;
  }

  /** One sentence for each, such as {@code unknown attribute nam (did you mean name?)}. */
  public List<String> lines(Collection<?> keys) {
    var unknown = keys.stream().map(Objects::toString).filter(key -> !isKnown(key)).toList();
    var lines = new ArrayList<String>();
    for (var key : unknown.stream().limit(MOST_WARNINGS).toList()) {
      var other = meant.getOrDefault(key, nearest(key));
      lines.add(
          "unknown attribute "
              + shown(key)
              + (other == null ? "" : " (did you mean %s?)".formatted(other)));
    }
    if (unknown.size() > MOST_WARNINGS) {
      lines.add("%d more unknown attributes".formatted(unknown.size() - MOST_WARNINGS));
    }
    return lines;
  }

  private boolean isKnown(String key) {
    return settable.contains(key) || readOnly.contains(key);
  }

  private String warning(String key) {
    var other = meant.getOrDefault(key, nearest(key));
    return other == null ? NO_EFFECT : "%s; did you mean %s?".formatted(NO_EFFECT, other);
  }

  private @Nullable String nearest(String key) {
    if (key.length() > LONGEST_SHOWN) {
      return null;
    }
    var text = key.toLowerCase(Locale.ROOT).replace('-', '_');
    @Nullable String nearest = null;
    int least = text.length() == 3 ? 2 : Math.min(3, 1 + text.length() / 4);
    for (var candidate : settable.stream().sorted().toList()) {
      int distance = distance(text, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Letters only, as headers and logs take them. */
  private static String shown(String key) {
    var shown = new StringBuilder();
    key.chars()
        .limit(LONGEST_SHOWN)
        .forEach(c -> shown.append(c > ' ' && c < 127 ? (char) c : '?'));
    return shown + (key.length() > LONGEST_SHOWN ? "..." : "");
  }

  /** How many letters to add, leave out, replace or swap to get from one to the other. */
  private static int distance(String from, String to) {
    var rows = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, from, to, i, j);
      }
    }
    return rows[from.length()][to.length()];
  }

  private static int cheapest(int[][] rows, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int best = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
    best = Math.min(best, rows[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
  }
}
