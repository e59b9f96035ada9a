package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names of resources of any kind by their addresses; the newest thousand are remembered. */
final class ResourceNames {

  private static final int MOST = 1_000;

  private final Call call;
  private final Map<String, String> names =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  ResourceNames(Call call) {
    this.call = call;
  }

  String of(String uri) {
    return names.computeIfAbsent(uri, this::find);
  }

  private String find(String uri) {
    var brief = Columns.brief(Json.uuid(uri));
    if (uri.isEmpty() || !uri.startsWith("/api/")) {
      return brief;
    }
    try {
      var found = call.api().find(uri);
      var name = found == null ? "" : Json.first(found, "nickname", "name", "action");
      return name.isEmpty() ? brief : name;
    } catch (Failure unknown) {
      return brief;
    }
  }
}
