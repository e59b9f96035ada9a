package dev.slipway.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An Engine that Slipway is tested with: a Debian release and the options of its daemon. */
enum EngineRelease {
  /** The oldest that is supported. */
  DOCKER_20_10("Docker Engine 20.10", "bookworm", List.of("--live-restore"), Map.of()),
  DOCKER_26_1("Docker Engine 26.1", "trixie", List.of("--live-restore"), Map.of()),
  /** Refuses clients and keeps images as Engine 29 does. */
  DOCKER_28_5(
      "Docker Engine 28.5",
      "forky",
      List.of("--live-restore", "--min-api", "1.44", "--containerd-store"),
      Map.of()),
  PODMAN_5_4(
      "Podman 5.4",
      "trixie",
      List.of("--podman"),
      Map.of("links", "its API has none (`link is not supported`)"));

  static final EngineRelease OLDEST = DOCKER_20_10;

  /** What {@code ./slipway test} starts without being asked for more. */
  static final EngineRelease NEWEST = DOCKER_28_5;

  private static final String CHOSEN = System.getProperty("engines", "");

  final String title;
  final String suite;
  final List<String> options;

  /** Scenarios that fail on this Engine, and why. */
  private final Map<String, String> limits;

  EngineRelease(String title, String suite, List<String> options, Map<String, String> limits) {
    this.title = title;
    this.suite = suite;
    this.options = options;
    this.limits = limits;
  }

  static EngineRelease titled(String title) {
    return Arrays.stream(values()).filter(one -> one.title.equals(title)).findFirst().orElseThrow();
  }

  /** Why a scenario cannot work on this Engine; null if it can. */
  String limit(String scenario) {
    return limits.get(scenario);
  }

  /** Whether the property {@code engines} asks for the whole matrix. */
  static boolean isMatrix() {
    return !CHOSEN.isEmpty();
  }

  /** Those that the property {@code engines} names, {@code all} or names; else the newest. */
  static List<EngineRelease> chosen() {
    if (!isMatrix()) {
      return List.of(NEWEST);
    }
    if (CHOSEN.equals("all")) {
      return List.of(values());
    }
    return Arrays.stream(CHOSEN.split(",")).map(EngineRelease::valueOf).toList();
  }
}
