package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.api.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the resources of one kind by their addresses, asked for once and only if needed. */
final class Names {

  private final Call call;
  private final String path;
  private final String key;
  private @Nullable Map<String, String> names;

  private Names(Call call, String path, String key) {
    this.call = call;
    this.path = path;
    this.key = key;
  }

  static Names stacks(Call call) {
    return new Names(call, call.path("app/v1", "stack"), "name");
  }

  static Names nodes(Call call) {
    return new Names(call, call.path("infra/v1", "node"), "nickname");
  }

  static Names services(Call call) {
    return new Names(call, call.path("app/v1", "service"), "name");
  }

  /** The name; the beginning of the uuid if it is unknown, and empty for no address. */
  String of(String uri) {
    if (uri.isEmpty()) {
      return "";
    }
    var known = names;
    if (known == null) {
      known = new HashMap<>();
      for (var one : call.api().all(path)) {
        known.put(Json.text(one, "uuid"), Json.text(one, key));
      }
      names = known;
    }
    var uuid = Json.uuid(uri);
    return known.getOrDefault(uuid, Columns.brief(uuid));
  }
}
