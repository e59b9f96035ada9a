package dev.slipway.command.node;

import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells nodes that are silent from a topic that is not heard. All times are this process's own:
 * what the clocks of agents say does not matter.
 */
final class Silence {

  private static final Instant NEVER = Instant.EPOCH;

  private final Duration longest;
  private final Duration longestBreak;
  private final Map<NodeId, Instant> lastHeard = new HashMap<>();
  private Instant since = Instant.MAX;
  private Instant upToDate = NEVER;

  /**
   * @param longest that a node may be silent
   */
  Silence(Duration longest) {
    this.longest = longest;
    this.longestBreak = longest.dividedBy(3);
  }

  /** All that had been sent by then has been heard. After a break, listening begins anew. */
  void upToDate(Instant then) {
    if (upToDate.isBefore(then.minus(longestBreak))) {
      since = then;
    }
    upToDate = then;
  }

  /** Whether it has been up to date once: what was heard before may be of any age. */
  boolean isNews() {
    return upToDate.isAfter(NEVER);
  }

  /** Since when the topic is heard without a break, null if it is not. */
  @Nullable Instant since(Instant now) {
    return upToDate.isBefore(now.minus(longestBreak)) ? null : since;
  }

  void heard(NodeId node, Instant now) {
    lastHeard.put(node, now);
  }

  /** Since the topic is heard again, if it was not, each node has the whole time. */
  boolean isSilent(NodeId node) {
    var limit = upToDate.minus(longest);
    return since.isBefore(limit) && lastHeard.getOrDefault(node, NEVER).isBefore(limit);
  }

  /** Whether it was heard within the longest silence. */
  boolean isHeard(NodeId node, Instant now) {
    return lastHeard.getOrDefault(node, NEVER).isAfter(now.minus(longest));
  }
}
