package dev.slipway.model.container;

import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.util.List;

/**
 * The complete list of a node's containers as of a position of the log. It is written to the topic
 * of assignments under a key of its own. A container that is older than the list and not on it is
 * not wanted; without a list, absence of a record means nothing.
 *
 * @param past the terms that precede the list's own in this log, newest first
 */
public record AssignmentList(
    NodeId node, LogStamp asOf, List<PastTerm> past, List<ContainerId> containers) {

  private static final String KEY_PREFIX = "list/";

  /**
   * A term that has ended.
   *
   * @param last the last position of the log when it ended
   */
  public record PastTerm(LogTerm term, long last) {}

  public AssignmentList {
    past = List.copyOf(past);
    containers = List.copyOf(containers);
  }

  /** The key of the node's list in the topic. */
  public static String key(NodeId node) {
    return KEY_PREFIX + node;
  }

  public static boolean isKey(String key) {
    return key.startsWith(KEY_PREFIX);
  }

  /** Whether the given place is in the list's own past, so that the list accounts for it. */
  public boolean covers(LogStamp place) {
    if (!asOf.isOfSameInstallation(place)) {
      return false;
    }
    if (asOf.term().equals(place.term())) {
      return place.position() <= asOf.position();
    }
    return past.stream()
        .anyMatch(ended -> ended.term().equals(place.term()) && place.position() <= ended.last());
  }
}
