package dev.slipway.query.node;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.NodeResource;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.Node;
import dev.slipway.query.paging.StateCounts;
import dev.slipway.query.projection.ViewCollection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The nodes of a namespace by state, and those that need attention. */
public final class NodeTroubles implements MeterBinder {

  private static final int MOST_AGENTS = 100;
  private static final Bson WORST_FIRST =
      Sorts.orderBy(Sorts.descending("trouble"), Sorts.ascending("createdAt", "_id"));

  private final ViewCollection nodes;
  private final ViewCollection heartbeats;

  NodeTroubles(MongoDatabase database) {
    this.nodes = new ViewCollection(database, "nodes");
    this.heartbeats = new ViewCollection(database, "heartbeats");
  }

  /** How many nodes are in each state, without the terminated ones. */
  public Map<String, Long> countByState(Namespace namespace) {
    return StateCounts.of(
        nodes.documents(),
        and(eq("namespace", namespace.value()), ne("state", Node.State.TERMINATED.text())));
  }

  /** Nodes that are unreachable, cannot be drained, or whose agents act on no assignments. */
  public List<Map<String, @Nullable Object>> inTrouble(Namespace namespace, int most) {
    var agents = agentProblems();
    return nodes
        .documents()
        .find(
            and(
                eq("namespace", namespace.value()),
                eq("terminated", false),
                or(eq("trouble", true), in("_id", agents.keySet()))))
        .sort(WORST_FIRST)
        .limit(most)
        .map(NodeDocument::view)
        .map(node -> json(node, agents.get(node.id().value())))
        .into(new ArrayList<>());
  }

  /** For alarms: a list or log that an agent refuses needs a person. */
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.nodes.refusing", this, NodeTroubles::countRefusing)
        .description("nodes whose agents act on no assignments, such as those of another log")
        .register(registry);
  }

  private long countRefusing() {
    var agents = agentProblems().keySet();
    return agents.isEmpty()
        ? 0
        : nodes.documents().countDocuments(and(eq("terminated", false), in("_id", agents)));
  }

  private Map<String, String> agentProblems() {
    var problems = new HashMap<String, String>();
    heartbeats
        .documents()
        .find(ne("problem", null))
        .limit(MOST_AGENTS)
        .map(NodeDocument::heartbeat)
        .forEach(heartbeat -> problems.put(heartbeat.node().value(), problem(heartbeat)));
    return problems;
  }

  private static String problem(Heartbeat heartbeat) {
    var agent = heartbeat.agent();
    var problem = agent == null ? null : agent.problem();
    return problem == null ? "" : problem;
  }

  private static Map<String, @Nullable Object> json(Node node, @Nullable String agentProblem) {
    var unreachable = NodeResource.stateReason(node);
    var drain = node.drain();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("node", ResourceUri.of(node.namespace(), node.id()));
    json.put("name", node.nickname());
    json.put("state", node.state().text());
    json.put(
        "reason",
        unreachable != null
            ? unreachable
            : agentProblem != null ? agentProblem : drain == null ? null : drain.reason());
    return json;
  }
}
