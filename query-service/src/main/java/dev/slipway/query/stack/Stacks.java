package dev.slipway.query.stack;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.stack.Stack;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.ViewCollection;
import dev.slipway.query.service.Services;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The stacks that are stored; their services are found among all services. */
final class Stacks {

  static final Set<String> FILTERS = Set.of("uuid", "uuid__startswith", "name", "state");

  private static final Bson OLDEST_FIRST = Indexes.ascending("createdAt", "_id");

  private final ViewCollection views;
  private final Services services;
  private final Presence presence;

  Stacks(MongoDatabase database, Services services, Presence presence) {
    this.views = new ViewCollection(database, "stacks");
    this.services = services;
    this.presence = presence;
  }

  /**
   * A stack and its services.
   *
   * @param services that are not terminated, the oldest first
   */
  record Whole(Stack stack, List<Service> services) {
    ServiceLifecycle state() {
      return StackResource.state(stack, services);
    }
  }

  /** One page of stacks, and the page of documents that they are in. */
  record Page(PagedQuery documents, List<Whole> stacks) {}

  /** Removes all that is stored. */
  void clear() {
    views.clear();
  }

  void prepare() {
    views.index("by_namespace", Indexes.ascending("namespace", "listed", "createdAt", "_id"));
    views.index("by_end", Presence.BY_END);
    views.index("by_name", Indexes.ascending("name", "namespace"));
  }

  Map<String, Stack> load(Collection<String> ids) {
    var stacks = new HashMap<String, Stack>();
    views.load(ids).forEach((id, document) -> stacks.put(id, StackDocument.stack(document)));
    return stacks;
  }

  void write(Collection<Stack> stacks) {
    views.replaceOlder(stacks, StackDocument::of);
  }

  /** States follow from services, so a filter by state looks at all that the others leave. */
  Page page(Namespace namespace, ListQuery query) {
    var state = query.filter("state");
    var filter = presence.filter(query, wanted(namespace, query), views.documents());
    if (state == null) {
      var page = PagedQuery.run(views.documents(), filter, OLDEST_FIRST, query);
      return new Page(page, whole(page.documents()));
    }
    var wanted = state(state);
    var all = views.documents().find(filter).sort(OLDEST_FIRST).into(new ArrayList<>());
    var found = whole(all).stream().filter(one -> one.state() == wanted).toList();
    var page = PagedQuery.at(query, found.size());
    return new Page(page, found.stream().skip(query.offset()).limit(query.limit()).toList());
  }

  private static Bson wanted(Namespace namespace, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(eq("namespace", namespace.value()));
    query
        .filters()
        .forEach(
            (name, value) -> {
              switch (name) {
                case "uuid" -> parts.add(eq("_id", ListQuery.uuid(name, value)));
                case "uuid__startswith" -> parts.add(PagedQuery.idStartsWith(value));
                case "name" -> parts.add(eq("name", value));
                default -> {} // the state is no field of a stack
              }
            });
    return and(parts);
  }

  /** {@code Not Running} is how the old API's clients may write it. */
  private static ServiceLifecycle state(String value) {
    return ServiceLifecycle.of(value.equals("Not Running") ? "Not running" : value)
        .filter(state -> state != ServiceLifecycle.SCALING)
        .orElseThrow(
            () -> new InvalidInput("state", "is no state of a stack: '%s'".formatted(value)));
  }

  /** Its state as its services now have it. */
  ServiceLifecycle state(Stack stack) {
    return new Whole(stack, services.inStacks(List.of(stack.id().value()))).state();
  }

  /** Those of them that are there and not terminated. */
  List<Whole> present(Collection<String> ids) {
    return whole(
        views
            .documents()
            .find(and(in(ViewCollection.ID, ids), eq("terminated", false)))
            .into(new ArrayList<>()));
  }

  private List<Whole> whole(Collection<Document> documents) {
    var stacks = documents.stream().map(StackDocument::stack).toList();
    var byStack = new HashMap<String, List<Service>>();
    for (var service : services.inStacks(stacks.stream().map(s -> s.id().value()).toList())) {
      var stack = service.stack();
      if (stack != null) {
        byStack.computeIfAbsent(stack.id().value(), _ -> new ArrayList<>()).add(service);
      }
    }
    return stacks.stream()
        .map(stack -> new Whole(stack, byStack.getOrDefault(stack.id().value(), List.of())))
        .toList();
  }

  /** The stack, however long it has been gone. */
  Optional<Whole> find(Namespace namespace, String uuid) {
    return Optional.ofNullable(
            views
                .documents()
                .find(and(eq("_id", uuid), eq("namespace", namespace.value())))
                .first())
        .map(document -> whole(List.of(document)).getFirst());
  }
}
