package dev.slipway.cli.compose;

import java.util.List;
import java.util.Map;

/** Collects what becomes of keys that have no equivalent. */
final class Notes {

  /** The replacement, where there is one. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("secrets", "use a variable, or a folder of the node"),
          Map.entry("configs", "use a variable, or a folder of the node"),
          Map.entry("cpus", "use cpu_shares"),
          Map.entry("cpu_quota", "use cpu_shares"),
          Map.entry("pids_limit", "the agent limits processes: SLIPWAY_LIMITS_PROCESSES"),
          Map.entry("external_links", "use links with the name service.stack"),
          Map.entry("platform", "tag the nodes of that platform, and give the service the tag"),
          Map.entry("pull_policy", "the agent decides: SLIPWAY_PULL"),
          Map.entry("attach", "logs are read with slipway logs"),
          Map.entry("develop", "it is for development alone"),
          Map.entry("gpus", "use devices"));

  private final String place;
  private final List<String> notes;

  Notes(String place, List<String> notes) {
    this.place = place;
    this.notes = notes;
  }

  void add(String key, String becomes) {
    notes.add("%s.%s %s".formatted(place, key, becomes));
  }

  /** A key without an equivalent. */
  void without(String key) {
    var last = key.substring(key.lastIndexOf('.') + 1);
    var instead = INSTEAD.get(last);
    add(key, "has no equivalent and is left out" + (instead == null ? "" : ": " + instead));
  }
}
