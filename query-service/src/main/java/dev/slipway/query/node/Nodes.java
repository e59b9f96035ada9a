package dev.slipway.query.node;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeId;
import dev.slipway.query.container.Containers;
import dev.slipway.query.container.NodeAddresses;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The nodes that are stored, and the last heartbeat of each. */
public final class Nodes implements NodeAddresses {

  static final Set<String> FILTERS =
      ListOptions.with(
          "uuid",
          "uuid__startswith",
          "state",
          "nickname",
          "node_cluster",
          "node_type",
          "region",
          "docker_version");

  private static final List<String> STATES =
      List.of("Deploying", "Deployed", "Unreachable", "Upgrading", "Terminating", "Terminated");
  private static final Map<String, List<String>> ORDERS =
      Map.of(
          "name", List.of("label", "_id"),
          "state", List.of("state", "createdAt", "_id"),
          "created", List.of("createdAt", "_id"));

  private static final Bson OLDEST_FIRST = Indexes.ascending("createdAt", "_id");

  private final ViewCollection views;
  private final ViewCollection heartbeats;
  private final Containers containers;
  private final Presence presence;

  Nodes(MongoDatabase database, Containers containers, Presence presence) {
    this.views = new ViewCollection(database, "nodes");
    this.heartbeats = new ViewCollection(database, "heartbeats");
    this.containers = containers;
    this.presence = presence;
  }

  void prepare() {
    views.index("by_namespace", Indexes.ascending("namespace", "createdAt", "_id"));
    views.index("by_end", Presence.BY_END);
    views.index("by_trouble", Indexes.ascending("namespace", "trouble"));
    heartbeats.index("by_problem", Indexes.ascending("problem"));
  }

  /** Removes the nodes; heartbeats do not follow from the log. */
  void clear() {
    views.clear();
  }

  Map<String, Node> load(Collection<String> ids) {
    var nodes = new HashMap<String, Node>();
    views.load(ids).forEach((id, document) -> nodes.put(id, NodeDocument.view(document)));
    return nodes;
  }

  void write(Collection<Node> nodes) {
    views.replaceOlder(nodes, NodeDocument::of);
  }

  void heard(Collection<Heartbeat> last) {
    heartbeats.replaceOlder(last, NodeDocument::of);
  }

  Map<String, Heartbeat> heartbeats(Collection<String> nodes) {
    var found = new HashMap<String, Heartbeat>();
    heartbeats.load(nodes).forEach((id, d) -> found.put(id, NodeDocument.heartbeat(d)));
    return found;
  }

  PagedQuery page(Namespace namespace, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(eq("namespace", namespace.value()));
    query.filters().forEach((name, value) -> parts.add(part(name, value)));
    parts.addAll(ListOptions.conditions(query, value -> state("state__not", value)));
    var order = ListOptions.order(query, ORDERS, OLDEST_FIRST);
    if (!query.has("uuid")) {
      parts.add(or(presence.listed(views.documents()), in("_id", referredTo(namespace))));
    }
    if (!query.has("state") && (query.has("nickname") || query.has("uuid__startswith"))) {
      var live = and(and(parts), eq("terminated", false));
      if (views.documents().find(live).first() != null) {
        return PagedQuery.run(views.documents(), live, order, query);
      }
    }
    return PagedQuery.run(views.documents(), and(parts), order, query);
  }

  /** A node stays in the list as long as any container that is listed names it. */
  private List<String> referredTo(Namespace namespace) {
    return containers.nodesShown(
        views
            .documents()
            .find(and(eq("namespace", namespace.value()), eq("terminated", true)))
            .projection(new Document("_id", 1))
            .map(document -> document.getString("_id"))
            .into(new ArrayList<>()));
  }

  private static Bson part(String filter, String value) {
    return switch (filter) {
      case "uuid" -> eq("_id", ListQuery.uuid(filter, value));
      case "uuid__startswith" -> PagedQuery.idStartsWith(value);
      case "state" -> eq("state", state(filter, value));
      case "nickname" -> or(eq("nickname", value), and(eq("nickname", null), eq("name", value)));
      case "docker_version" -> eq("dockerVersion", value);
      default -> eq(filter, value); // no node has a cluster, a type or a region
    };
  }

  private static String state(String filter, String value) {
    if (!STATES.contains(value)) {
      throw new InvalidInput(
          filter, "must be one of " + String.join(", ", STATES) + "; it is '" + value + "'");
    }
    return value;
  }

  /** What people call these nodes. */
  public Map<NodeId, String> names(Collection<NodeId> nodes) {
    var names = new HashMap<NodeId, String>();
    load(nodes.stream().map(NodeId::value).toList())
        .forEach(
            (id, view) -> {
              var nickname = view.named().nickname();
              names.put(new NodeId(id), nickname == null ? view.facts().name() : nickname);
            });
    return names;
  }

  /** Why the Engines of these nodes cannot be used; a node whose Engine works is left out. */
  public Map<NodeId, String> engineProblems(Collection<NodeId> nodes) {
    var problems = new HashMap<NodeId, String>();
    load(nodes.stream().map(NodeId::value).toList())
        .forEach(
            (id, node) -> {
              var problem = node.engineProblem();
              if (problem != null && node.terminated() == null) {
                problems.put(new NodeId(id), problem);
              }
            });
    return problems;
  }

  /** Why agents act on no assignments at present, of those nodes whose agents do not. */
  public Map<NodeId, String> agentProblems(Collection<NodeId> nodes) {
    var problems = new HashMap<NodeId, String>();
    heartbeats(nodes.stream().map(NodeId::value).toList())
        .forEach(
            (id, heartbeat) -> {
              var agent = heartbeat.agent();
              if (agent != null && agent.problem() != null) {
                problems.put(new NodeId(id), agent.problem());
              }
            });
    return problems;
  }

  @Override
  public Map<NodeId, String> addresses(Collection<NodeId> nodes) {
    var addresses = new HashMap<NodeId, String>();
    load(nodes.stream().map(NodeId::value).toList())
        .forEach((id, view) -> addresses.put(new NodeId(id), view.facts().publicAddress()));
    return addresses;
  }

  Optional<Node> find(Namespace namespace, String uuid) {
    return Optional.ofNullable(
            views
                .documents()
                .find(and(eq("_id", uuid), eq("namespace", namespace.value())))
                .first())
        .map(NodeDocument::view);
  }
}
