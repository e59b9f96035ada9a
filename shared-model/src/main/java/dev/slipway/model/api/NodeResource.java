package dev.slipway.model.api;

import dev.slipway.model.Namespace;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.Node;
import dev.slipway.model.node.NodeFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node as the API shows it: the one rendering, of answers to commands and to queries. */
public final class NodeResource {

  private final Addressing addressing;

  public NodeResource(Addressing addressing) {
    this.addressing = addressing;
  }

  /**
   * @param heartbeat the last one, null if none is known
   * @param containers how many are on it
   */
  public Map<String, @Nullable Object> render(
      Node node, @Nullable Heartbeat heartbeat, long containers) {
    var facts = heartbeat == null ? node.facts() : heartbeat.facts();
    var nickname = node.named().nickname();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", node.id().value());
    json.put("resource_uri", ResourceUri.of(node.namespace(), node.id()));
    json.put("external_fqdn", addressing.of(node.id()));
    json.put("nickname", nickname == null ? facts.name() : nickname);
    json.put("state", node.state().text());
    json.put("state_reason", stateReason(node));
    json.put("public_ip", facts.publicAddress());
    json.put("private_ips", List.of());
    json.put("tags", tags(node, facts));
    json.put("availability", availability(node));
    json.put("drain", drain(node));
    json.put("current_num_containers", containers);
    putMachine(json, facts);
    putPlace(json);
    json.put("deployed_datetime", ApiDate.of(node.registered()));
    json.put("destroyed_datetime", ApiDate.of(node.terminated()));
    json.put("last_seen", ApiDate.of(lastSeen(node, heartbeat)));
    var agent = heartbeat == null ? null : heartbeat.agent();
    json.put("agent_problem", agent == null ? null : agent.problem());
    json.put(
        "unowned_containers",
        agent == null
            ? List.of()
            : agent.unowned().stream().map(one -> unowned(node.namespace(), one)).toList());
    return json;
  }

  private static Map<String, @Nullable Object> unowned(Namespace namespace, Unowned container) {
    var service = container.service();
    var place = container.place();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", container.container().value());
    json.put("name", container.name());
    json.put("reason", container.reason());
    json.put("service", service == null ? null : ResourceUri.of(namespace, service));
    json.put("slot", place == null ? null : place.slot());
    return json;
  }

  private static Instant lastSeen(Node node, @Nullable Heartbeat heartbeat) {
    return heartbeat == null ? node.registered() : heartbeat.at();
  }

  private static void putMachine(Map<String, @Nullable Object> json, NodeFacts facts) {
    json.put("cpu", facts.capacity().cpus());
    json.put("memory", facts.capacity().memoryMb());
    json.put("disk", facts.capacity().diskMb());
    json.put("docker_version", facts.engineVersion());
    putEngine(json, facts.engine());
    json.put("simulated", facts.simulated());
  }

  private static void putEngine(
      Map<String, @Nullable Object> json, NodeFacts.@Nullable Engine engine) {
    json.put("docker_product", engine == null ? null : engine.product());
    json.put("docker_api_version", engine == null ? null : engine.apiVersion());
    json.put("docker_execdriver", null);
    json.put("docker_graphdriver", engine == null ? null : engine.storageDriver());
    json.put("operating_system", engine == null ? null : engine.operatingSystem());
    json.put("cgroup_version", engine == null ? null : engine.cgroupVersion());
    json.put("rootless", engine == null ? null : engine.rootless());
  }

  /** Why the node is Unreachable, null if it is not. */
  /** Why the node is unreachable, null if it is not. */
  public static @Nullable String stateReason(Node node) {
    if (node.terminated() != null) {
      return null;
    }
    return node.silentSince() == null
        ? node.engineProblem()
        : "no heartbeat since " + ApiDate.of(node.silentSince());
  }

  /** What only a machine bought from a provider has. */
  private static void putPlace(Map<String, @Nullable Object> json) {
    json.put("availability_zone", null);
    json.put("node_cluster", null);
    json.put("node_type", null);
    json.put("region", null);
    json.put("tunnel", null);
  }

  /** Whether containers may be placed on it, as far as users decide that. */
  private static String availability(Node node) {
    var drain = node.drain();
    return drain == null ? "active" : drain.underWay() ? "draining" : "drained";
  }

  private static @Nullable Map<String, @Nullable Object> drain(Node node) {
    var drain = node.drain();
    if (drain == null) {
      return null;
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("action", ResourceUri.of(drain.action()));
    json.put("deadline", ApiDate.of(drain.deadline()));
    json.put("reason", drain.reason());
    return json;
  }

  /** Those that its agent was started with come by themselves, as the API page has it. */
  private static List<Map<String, String>> tags(Node node, NodeFacts facts) {
    var tags = new ArrayList<Map<String, String>>();
    facts.tags().forEach(tag -> tags.add(tag(tag, "tutum")));
    node.named().tags().stream()
        .filter(tag -> !facts.tags().contains(tag))
        .forEach(tag -> tags.add(tag(tag, "user")));
    return tags;
  }

  private static Map<String, String> tag(String name, String origin) {
    var tag = new LinkedHashMap<String, String>();
    tag.put("name", name);
    tag.put("origin", origin);
    return tag;
  }
}
