package dev.slipway.command.node;

import dev.slipway.command.api.UnknownKeys;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may set of a node. */
final class NodeBody {

  private static final int LONGEST_NAME = 255;

  /** The fields that a PATCH sets, and those that only answers have. */
  static final UnknownKeys KNOWN =
      UnknownKeys.of(
          Set.of("nickname", "tags"),
          Set.of(
              "agent_problem",
              "availability",
              "availability_zone",
              "cgroup_version",
              "cpu",
              "current_num_containers",
              "deployed_datetime",
              "destroyed_datetime",
              "disk",
              "docker_api_version",
              "docker_execdriver",
              "docker_graphdriver",
              "docker_product",
              "docker_version",
              "drain",
              "external_fqdn",
              "last_seen",
              "memory",
              "node_cluster",
              "node_type",
              "operating_system",
              "private_ips",
              "public_ip",
              "region",
              "resource_uri",
              "rootless",
              "simulated",
              "state",
              "state_reason",
              "tunnel",
              "unowned_containers",
              "uuid"));

  private NodeBody() {}

  /** Empty if the node is to be called as its agent calls it, null if nothing is said of it. */
  static @Nullable String nickname(Map<String, @Nullable Object> json) {
    if (!json.containsKey("nickname")) {
      return null;
    }
    return switch (json.get("nickname")) {
      case null -> "";
      case String text when text.length() <= LONGEST_NAME -> text.strip();
      default ->
          throw new InvalidInput("nickname", "must be a text of at most 255 characters, or null");
    };
  }

  /** Null if nothing is said of them. */
  static @Nullable List<String> tags(Map<String, @Nullable Object> json) {
    if (!json.containsKey("tags")) {
      return null;
    }
    var tags = json.get("tags");
    return tags == null ? List.of() : Attributes.TAGS.kind().read("tags", tags);
  }

  /** Clients write True and False too. */
  static boolean flag(String name, @Nullable String value) {
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(name, "must be true or false");
    };
  }
}
