package dev.slipway.query.stack;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.stack.Stacks.Whole;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Filters and sorts stacks by their states, which follow from their services. */
final class StacksByState {

  private StacksByState() {}

  /**
   * @param all in the order of what has the same state
   * @throws InvalidInput if the query names no state of a stack
   */
  static List<Whole> of(ListQuery query, List<Whole> all) {
    var wanted = query.filter("state");
    var state = wanted == null ? null : state("state", wanted);
    var excluded = ListOptions.excludedStates(query, value -> state("state__not", value).text());
    var found =
        all.stream()
            .filter(one -> state == null || one.state() == state)
            .filter(one -> !excluded.contains(one.state().text()));
    if (!ListOptions.orderName(query, Set.of("name", "state", "created")).equals("state")) {
      return found.toList();
    }
    var byState = Comparator.comparing((Whole one) -> one.state().text());
    return found.sorted(ListOptions.isDescending(query) ? byState.reversed() : byState).toList();
  }

  /** {@code Not Running} is how the old API's clients may write it. */
  private static ServiceLifecycle state(String filter, String value) {
    return ServiceLifecycle.of(value.equals("Not Running") ? "Not running" : value)
        .filter(state -> state != ServiceLifecycle.SCALING)
        .orElseThrow(
            () -> new InvalidInput(filter, "is no state of a stack: '%s'".formatted(value)));
  }
}
