package dev.slipway.query.history;

import static dev.slipway.query.history.StoredEvent.SEQUENCE;
import static java.util.Objects.requireNonNull;

import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Events of one service, in any selection and order, each with what it changed. */
final class HistoryPages {

  private static final List<String> DEFINING = List.of("ServiceCreated", "ServiceUpdated");

  private final History history;

  HistoryPages(History history) {
    this.history = history;
  }

  List<Map<String, @Nullable Object>> json(String service, List<Document> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    var inOrder = events.stream().sorted(Comparator.comparing(HistoryPages::sequence)).toList();
    var states = statesBefore(service, inOrder);
    var defining = new ArrayDeque<>(history.before(service, sequence(inOrder.getLast()), DEFINING));
    var base = history.base(service);
    var definition = base == null ? null : base.state().definitions().current();
    var json = new HashMap<Long, Map<String, @Nullable Object>>();
    for (var event : inOrder) {
      definition = definitionBefore(sequence(event), definition, defining);
      json.put(
          sequence(event), new HistoryResource(definition, stateBefore(event, states)).next(event));
    }
    return events.stream().map(event -> requireNonNull(json.get(sequence(event)))).toList();
  }

  private static @Nullable ServiceDefinition definitionBefore(
      long sequence, @Nullable ServiceDefinition definition, Deque<Document> defining) {
    var folded = definition;
    while (!defining.isEmpty() && sequence(defining.getFirst()) < sequence) {
      folded = after(folded, HistoryDocument.event(defining.removeFirst()));
    }
    return folded;
  }

  private static @Nullable ServiceDefinition after(
      @Nullable ServiceDefinition definition, ServiceEvent event) {
    return event instanceof AttributesSet set
        ? ServiceDefinition.after(definition, set)
        : definition;
  }

  /** The states right before the events, by the version that had them. */
  private Map<Long, String> statesBefore(String service, List<Document> events) {
    var states = new HashMap<Long, String>();
    history
        .entries(service, events.stream().map(event -> sequence(event) - 1).toList())
        .forEach(entry -> states.put(sequence(entry), entry.getString(HistoryDocument.STATE)));
    var base = history.base(service);
    if (base != null) {
      states.putIfAbsent(base.state().version(), base.state().lifecycle().text());
    }
    return states;
  }

  private static @Nullable String stateBefore(Document event, Map<Long, String> states) {
    return states.get(sequence(event) - 1);
  }

  private static long sequence(Document event) {
    return Objects.requireNonNull(event.getLong(SEQUENCE));
  }
}
