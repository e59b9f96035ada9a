package dev.slipway.standalone.embedded;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to the documents that meet a query: their positions and maybe some more.
 *
 * @param fixed how many keys of the index have a value that is given
 * @param exact whether there are no more
 * @param ordered whether they come in the order that is asked for
 */
record AccessPath(Collection<Integer> positions, int fixed, boolean exact, boolean ordered) {

  /** So few that their order, and what else is among them, costs nothing. */
  private static final int FEW = 64;

  /**
   * The one that leaves the least to look at: the shortest, if one is short; else one in order,
   * which need not be followed to its end; else the one with most keys given.
   */
  static @Nullable AccessPath best(List<AccessPath> paths) {
    if (paths.size() < 2) {
      return paths.isEmpty() ? null : paths.getFirst();
    }
    var shortest = paths.stream().min(Comparator.comparing(AccessPath::upToFew)).orElseThrow();
    if (shortest.upToFew() < FEW) {
      return shortest;
    }
    return paths.stream()
        .max(Comparator.comparing(AccessPath::ordered).thenComparing(AccessPath::fixed))
        .orElseThrow();
  }

  private int upToFew() {
    int count = 0;
    for (var each = positions.iterator(); count < FEW && each.hasNext(); each.next()) {
      count++;
    }
    return count;
  }
}
