package dev.slipway.http;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
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

  /** The attribute of a request that has the namespace in its path. */
  static final String NAMESPACE = ApiPath.class.getName() + ".namespace";

  private static final Map<String, Set<String>> RESOURCES =
      Map.of(
          "app", Set.of("service", "container", "stack", "trigger"),
          "infra",
              Set.of("node", "nodecluster", "token", "provider", "region", "az", "nodetype", "tag"),
          "audit", Set.of("action", "events", "summary"),
          "repo", Set.of("repository", "registry"),
          "account", Set.of("apikey", "user", "organisation"));

  /** Accounts are nobody's: their paths name no namespace. */
  private static final Set<String> WITHOUT_NAMESPACE = Set.of("account");

  private static final Pattern TRIGGER_CALL =
      Pattern.compile("/api/app/v1/service/[^/]+/trigger/[^/]+/call(/[0-9]+)?");

  /** A login: the user and the API key are in the body. */
  static final String SESSION = "/api/account/v1/session";

  private static final Set<String> OPEN_METHODS = Set.of("GET", "POST");

  /** The names that stand in a path where a namespace may. */
  static Set<String> resources() {
    return RESOURCES.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  static ApiPath of(String path) {
    var segments =
        Delimited.split(path, '/').stream()
            .map(ApiPath::plain)
            .filter(segment -> !segment.isEmpty())
            .toList();
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
            && !WITHOUT_NAMESPACE.contains(segments.get(0))
            && !resources.contains(segments.get(2))
            && resources.contains(segments.get(3));
    var plain = new java.util.ArrayList<>(segments);
    var namespace = namespaced ? plain.remove(2) : null;
    return new ApiPath("/api" + joined(plain), namespace);
  }

  /**
   * A segment as controllers are matched by it: without parameters, and with nothing escaped that
   * need not be, so that what is decided by the path is decided of what the controller will see.
   */
  private static String plain(String segment) {
    return Escapes.withoutNeedless(Delimited.before(segment, ';'));
  }

  private static String joined(List<String> segments) {
    return segments.stream().map(segment -> "/" + segment).collect(Collectors.joining());
  }

  /** The old clients' streams alone have a login in their query. */
  boolean isStream() {
    return canonical.startsWith("/api/")
        && (canonical.endsWith("/logs")
            || canonical.endsWith("/exec")
            || canonical.equals("/api/audit/v1/events"));
  }

  boolean isConsole() {
    return canonical.equals("/console") || canonical.startsWith("/console/");
  }

  /** Asked by load balancers and supervisors, which have no login. */
  private boolean isHealth() {
    return canonical.equals("/actuator/health") || canonical.startsWith("/actuator/health/");
  }

  /** Whether somebody must log in first. Who calls a trigger has its path for a secret. */
  boolean needsLogin(String method) {
    boolean open =
        (OPEN_METHODS.contains(method) && TRIGGER_CALL.matcher(canonical).matches())
            || (method.equals("POST") && canonical.equals(SESSION));
    return !open
        && (canonical.startsWith("/api/")
            || canonical.equals("/auth")
            || canonical.startsWith("/internal/")
            || (canonical.startsWith("/actuator") && !isHealth()));
  }
}
