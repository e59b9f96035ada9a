package dev.slipway.query.stack;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.StackResource;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.model.stack.Stack;
import dev.slipway.query.paging.ListOptions;
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

  static final Set<String> FILTERS = ListOptions.with("uuid", "uuid__startswith", "name", "state");

  /** An order by state is made of all stacks that the filters leave. */
  private static final Map<String, List<String>> ORDERS =
      Map.of(
          "name", List.of("name", "_id"),
          "state", List.of("createdAt", "_id"),
          "created", List.of("createdAt", "_id"));

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
    views.index("in_name_order", Indexes.ascending("namespace", "listed", "name", "_id"));
    views.index("by_search", Indexes.ascending("namespace", "listed", ListOptions.SEARCH));
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
    var order = ListOptions.order(query, ORDERS, OLDEST_FIRST);
    var filter = presence.filter(namespace, query, wanted(namespace, query), views.documents());
    if (!asksForStates(query)) {
      var page = PagedQuery.run(views.documents(), filter, order, query);
      return new Page(page, whole(page.documents()));
    }
    var all = views.documents().find(filter).sort(order).into(new ArrayList<>());
    var found = StacksByState.of(query, whole(all));
    var page = PagedQuery.at(query, found.size());
    return new Page(page, found.stream().skip(query.offset()).limit(query.limit()).toList());
  }

  private static boolean asksForStates(ListQuery query) {
    return query.has("state")
        || !ListOptions.excludedStates(query, value -> value).isEmpty()
        || ListOptions.orderName(query, ORDERS.keySet()).equals("state");
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
    parts.addAll(ListOptions.search(query));
    return and(parts);
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
