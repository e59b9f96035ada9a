package dev.slipway.query.container;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.Namespace;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.paging.StateCounts;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The containers that are stored. */
public final class Containers {

  static final Set<String> FILTERS =
      ListOptions.with(
          "uuid",
          "uuid__startswith",
          "name",
          "state",
          "node",
          "service",
          "service__name",
          "service__stack",
          "service__stack__name",
          "stack",
          "stack__name");

  private static final Map<String, List<String>> ORDERS =
      Map.of(
          "name", List.of("name", "_id"),
          "state", List.of("state", "createdAt", "_id"),
          "created", List.of("createdAt", "slot", "_id"));

  private static final Bson OLDEST_FIRST = Indexes.ascending("createdAt", "slot", "_id");

  private final ViewCollection views;
  private final Presence presence;

  public Containers(MongoDatabase database, Presence presence) {
    this.views = new ViewCollection(database, "containers");
    this.presence = presence;
  }

  /** Removes all that is stored. */
  public void clear() {
    views.clear();
  }

  public void prepare() {
    views.index(
        "by_namespace", Indexes.ascending("namespace", "listed", "createdAt", "slot", "_id"));
    views.index("in_name_order", Indexes.ascending("namespace", "listed", "name", "_id"));
    views.index("by_state", Indexes.ascending("namespace", "listed", "state", "createdAt", "_id"));
    views.index("by_search", Indexes.ascending("namespace", "listed", ListOptions.SEARCH));
    views.index("by_end", Presence.BY_END);
    views.index("by_service", Indexes.ascending("service", "createdAt", "slot", "_id"));
    views.index("by_node", Indexes.ascending("node", "terminated"));
  }

  public void write(Collection<ContainerView> changed) {
    views.replaceOlder(changed, ContainerDocument::of);
  }

  PagedQuery page(Namespace namespace, ListQuery query) {
    var wanted = wanted(namespace, query);
    var order = ListOptions.order(query, ORDERS, OLDEST_FIRST);
    return PagedQuery.run(
        documents(), presence.filter(namespace, query, wanted, documents()), order, query);
  }

  private static Bson wanted(Namespace namespace, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(eq("namespace", namespace.value()));
    query.filters().forEach((name, value) -> parts.add(part(name, value)));
    parts.addAll(
        ListOptions.conditions(query, value -> ContainerStates.named("state__not", value)));
    return and(parts);
  }

  private static Bson part(String filter, String value) {
    return switch (filter) {
      case "uuid" -> eq("_id", ListQuery.uuid(filter, value));
      case "uuid__startswith" -> PagedQuery.idStartsWith(value);
      case "state" -> eq("state", ContainerStates.named(filter, value));
      case "service", "node" -> eq(filter, ListQuery.uuid(filter, value));
      case "service__name" -> eq("serviceName", value);
      case "name" -> eq("name", value);
      case "stack", "service__stack" -> eq("stack", ListQuery.uuid(filter, value));
      default -> eq("stackName", value);
    };
  }

  /** The container, however long it has been gone. */
  public Optional<ContainerView> find(Namespace namespace, String uuid) {
    return Optional.ofNullable(
            documents().find(and(eq("_id", uuid), eq("namespace", namespace.value()))).first())
        .map(ContainerDocument::view);
  }

  /** How many containers of the namespace are in each state, without the terminated ones. */
  public Map<String, Long> countByState(Namespace namespace) {
    return StateCounts.of(
        documents(),
        and(
            eq("namespace", namespace.value()),
            eq("listed", true),
            ne("state", ContainerPhase.TERMINATED.text())));
  }

  /** How many containers that are not terminated are on the node. */
  public long countOn(String node) {
    return documents().countDocuments(and(eq("node", node), eq("terminated", false)));
  }

  /** Those of the nodes on which any container is that lists show. */
  public List<String> nodesShown(Collection<String> nodes) {
    if (nodes.isEmpty()) {
      return List.of();
    }
    var listed = presence.listed(documents());
    return nodes.stream()
        .filter(node -> documents().find(and(eq("node", node), listed)).first() != null)
        .toList();
  }

  /** Those of the service that lists show. */
  public Collection<String> idsOf(String service) {
    return documents()
        .find(and(eq("service", service), presence.listed(documents())))
        .projection(new Document("_id", 1))
        .map(document -> document.getString("_id"))
        .into(new ArrayList<>());
  }

  private MongoCollection<Document> documents() {
    return views.documents();
  }
}
