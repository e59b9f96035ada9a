package dev.slipway.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a path that controllers map: no double slash, no slash at its end, no namespace.
 * Clients send all of these, and a redirect breaks them.
 *
 * @param namespace the one that stood in the path, null if none did
 */
record ApiPath(String canonical, @Nullable String namespace) {

  private static final Map<String, Set<String>> RESOURCES =
      Map.of(
          "app", Set.of("service", "container", "stack", "trigger"),
          "infra",
              Set.of("node", "nodecluster", "token", "provider", "region", "az", "nodetype", "tag"),
          "audit", Set.of("action", "events"),
          "repo", Set.of("repository", "registry"));

  static ApiPath of(String path) {
    var segments = Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    if (segments.size() >= 3
        && RESOURCES.containsKey(segments.get(0))
        && segments.get(1).equals("v1")) {
      return api(segments); // the Go client's streams leave out /api
    }
    if (segments.size() >= 4
        && segments.get(0).equals("api")
        && RESOURCES.containsKey(segments.get(1))
        && segments.get(2).equals("v1")) {
      return api(segments.subList(1, segments.size()));
    }
    return new ApiPath(joined(segments), null);
  }

  /** Segments from the subsystem on: {@code app, v1, [namespace,] service, …}. */
  private static ApiPath api(List<String> segments) {
    var resources = RESOURCES.getOrDefault(segments.get(0), Set.of());
    boolean namespaced =
        segments.size() >= 4
            && !resources.contains(segments.get(2))
            && resources.contains(segments.get(3));
    var plain = new java.util.ArrayList<>(segments);
    var namespace = namespaced ? plain.remove(2) : null;
    return new ApiPath("/api" + joined(plain), namespace);
  }

  private static String joined(List<String> segments) {
    return segments.stream().map(segment -> "/" + segment).collect(Collectors.joining());
  }

  /** Whether a login is needed. */
  boolean isProtected() {
    return canonical.startsWith("/api/") || canonical.equals("/auth");
  }
}
