package dev.slipway.command.scheduling;

import static java.util.stream.Collectors.joining;

import dev.slipway.model.node.NodeId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a container goes. */
public sealed interface Placement {

  record On(NodeId node) implements Placement {}

  /**
   * No node can take it.
   *
   * @param reasons why each node was refused, by node, of the first hundred
   */
  record Nowhere(Map<Veto, Integer> vetoes, SortedMap<NodeId, String> reasons)
      implements Placement {

    public Nowhere {
      vetoes = Collections.unmodifiableMap(new EnumMap<>(vetoes));
      reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }

    /** Whether the nodes that are there would all have to come back first. */
    public boolean forWantOfNodes() {
      return vetoes.keySet().stream().allMatch(veto -> veto == Veto.UNREACHABLE);
    }

    /** The whole in one sentence. */
    public String explain() {
      return vetoes.isEmpty()
          ? "no node has registered"
          : vetoes.entrySet().stream()
              .map(veto -> "%d %s".formatted(veto.getValue(), veto.getKey().words()))
              .collect(joining("; ", "no node can take it: ", ""));
    }
  }
}
