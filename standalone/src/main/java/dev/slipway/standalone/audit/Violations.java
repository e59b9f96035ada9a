package dev.slipway.standalone.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects violations: of one kind the first ones in full, and of the rest only their number. */
final class Violations {

  /** So many of one kind are named. */
  static final int MAX_OF_A_KIND = 20;

  private final List<Violation> named = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Promise> promises = new LinkedHashMap<>();

  /**
   * @param kind what violations of this kind have in common, to follow "more:"
   * @return whether it is named
   */
  boolean add(Promise promise, String kind, String subject, String what) {
    if (!count(promise, kind)) {
      return false;
    }
    named.add(new Violation(promise, subject, what));
    return true;
  }

  /** Counts one of the kind; false if no more of it are named. */
  private boolean count(Promise promise, String kind) {
    promises.put(kind, promise);
    return counts.merge(kind, 1, Integer::sum) <= MAX_OF_A_KIND;
  }

  /** All that were added, and a line for each kind of which not all are named. */
  List<Violation> all() {
    var all = new ArrayList<>(named);
    counts.forEach(
        (kind, count) -> {
          if (count > MAX_OF_A_KIND) {
            all.add(
                new Violation(
                    promises.getOrDefault(kind, Promise.I6),
                    "and %,d more".formatted(count - MAX_OF_A_KIND),
                    kind));
          }
        });
    return all;
  }
}
