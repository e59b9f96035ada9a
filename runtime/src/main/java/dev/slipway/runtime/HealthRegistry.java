package dev.slipway.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The parts of the process that contribute to its health. */
public final class HealthRegistry {

  private final List<HealthContribution> contributions = new CopyOnWriteArrayList<>();

  public void register(HealthContribution contribution) {
    contributions.add(contribution);
  }

  /**
   * Registers a part under a name.
   *
   * @param health is asked whenever the process's health is
   */
  public void register(String name, Supplier<HealthState> health) {
    register(
        new HealthContribution() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public HealthState health() {
            return health.get();
          }
        });
  }

  /** The state of each part, by name. */
  public Map<String, HealthState> states() {
    var states = new LinkedHashMap<String, HealthState>();
    contributions.forEach(one -> states.put(one.name(), one.health()));
    return states;
  }
}
