package dev.slipway.query.events;

import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.stream.StreamRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a client wants; an empty set leaves out none.
 *
 * @param objects uuids of things
 * @param parents uuids of what things belong to, of which one is enough
 */
record EventFilter(String namespace, Set<EventType> types, Set<String> objects, Set<String> parents)
    implements Predicate<StreamEvent> {

  EventFilter {
    types = Set.copyOf(types);
    objects = Set.copyOf(objects);
    parents = Set.copyOf(parents);
  }

  /**
   * @throws InvalidInput naming the parameter and the rule that it breaks
   */
  static EventFilter of(String namespace, StreamRequest request) {
    var types =
        values(request, "type").map(EventType::named).collect(Collectors.toUnmodifiableSet());
    var parents = new TreeSet<>(uuids(request, "parents"));
    parents.addAll(uuids(request, "parent"));
    return new EventFilter(namespace, types, uuids(request, "object"), parents);
  }

  private static Set<String> uuids(StreamRequest request, String name) {
    return values(request, name)
        .map(reference -> ListQuery.uuid(name, reference))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> values(StreamRequest request, String name) {
    return request.all(name).stream()
        .flatMap(values -> Delimited.split(values, ',').stream())
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  @Override
  public boolean test(StreamEvent event) {
    var thing = event.thing();
    return event.namespace().equals(namespace)
        && (types.isEmpty() || types.contains(thing.type()))
        && (objects.isEmpty() || isIn(List.of(thing.resourceUri()), objects))
        && (parents.isEmpty() || isIn(thing.parents(), parents));
  }

  private static boolean isIn(List<String> uris, Set<String> uuids) {
    return uris.stream().anyMatch(uri -> uuids.contains(uuid(uri)));
  }

  private static String uuid(String uri) {
    var trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
