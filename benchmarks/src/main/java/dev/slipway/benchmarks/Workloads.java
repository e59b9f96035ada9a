package dev.slipway.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** All that can be measured, in the order in which it is, and about how long each takes. */
final class Workloads {

  private static final Map<String, Planned> ALL = all();

  /** Of the rounds' minutes those that come before them: starts, fillings, warm-ups. */
  private static final int ROUNDS_WORTH_OF_BEGINNING = 2;

  private static final int USUAL_ROUNDS = 5;
  private static final double QUICK = 0.3;

  private Workloads() {}

  /**
   * @param minutes with five rounds on a machine of two cores that does nothing else
   * @param minutesIfLarge the same with {@code --long}
   */
  private record Planned(Workload workload, int minutes, int minutesIfLarge) {

    Planned(Workload workload, int minutes) {
      this(workload, minutes, minutes);
    }
  }

  private static Map<String, Planned> all() {
    var all = new LinkedHashMap<String, Planned>();
    all.put("starts", new Planned(new Starts(), 8));
    all.put("networks", new Planned(new NetworkStarts(), 2));
    all.put("commands", new Planned(new DurableCommands(), 8));
    all.put("reads", new Planned(new Reads(), 5));
    all.put("freshness", new Planned(new Freshness(), 5));
    all.put("replay", new Planned(new Replay(), 15));
    all.put("placement", new Planned(new Placements(), 1));
    all.put("logs", new Planned(new LogLines(), 4));
    all.put("footprint", new Planned(new Footprint(), 7));
    all.put("growth", new Planned(new Growth(), 6, 10));
    all.put("scale", new Planned(new Scale(), 30));
    return all;
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  static Workload named(String name) {
    return planned(name).workload();
  }

  private static Planned planned(String name) {
    return Objects.requireNonNull(ALL.get(name));
  }

  /** About how long these take together. */
  static long minutes(Collection<String> names, int rounds, boolean quick, boolean large) {
    double usual =
        names.stream()
            .map(Workloads::planned)
            .mapToInt(planned -> large ? planned.minutesIfLarge() : planned.minutes())
            .sum();
    double share =
        (double) (rounds + ROUNDS_WORTH_OF_BEGINNING) / (USUAL_ROUNDS + ROUNDS_WORTH_OF_BEGINNING);
    return Math.max(1, Math.round(usual * share * (quick ? QUICK : 1)));
  }
}
