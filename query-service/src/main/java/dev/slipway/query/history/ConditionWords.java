package dev.slipway.query.history;

import dev.slipway.model.container.ContainerCondition;
import dev.slipway.model.container.ContainerHealth.Status;
import java.util.ArrayList;

/** Describes a container's condition in words that follow its name. */
final class ConditionWords {

  private ConditionWords() {}

  static String of(ContainerCondition condition) {
    var words = new ArrayList<String>();
    if (condition.waiting() != null) {
      words.add("waits: " + condition.waiting());
    }
    if (condition.paused()) {
      words.add("is paused");
    }
    var health = condition.health();
    if (health != null) {
      words.add(
          health.status() == Status.STARTING
              ? "is being checked by the health check of its image"
              : "is %s by the health check of its image%s"
                  .formatted(
                      health.status().text(),
                      health.output() == null ? "" : ": " + health.output()));
    }
    if (words.isEmpty()) {
      words.add(condition.monitored() ? "runs" : "has run for long enough to count as running");
    }
    return " " + String.join("; ", words);
  }
}
