package dev.slipway.http;

import dev.slipway.http.RegistryLogins.Shown;
import dev.slipway.model.Namespace;
import dev.slipway.model.registry.RegistryScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Repositories and registries as the API shows them, never with a password; and their paths. */
public final class RegistryResource {

  private RegistryResource() {}

  /** The path of the list that a scope is in. */
  public static String list(Namespace namespace, boolean registries) {
    return "/api/repo/v1/%s/%s/".formatted(namespace, registries ? "registry" : "repository");
  }

  public static String uri(Namespace namespace, RegistryScope scope) {
    return list(namespace, scope.isRegistry()) + scope.text() + "/";
  }

  /**
   * @param images of the namespace's services
   */
  public static Map<String, @Nullable Object> render(
      Namespace namespace, Shown login, Collection<String> images) {
    var scope = login.scope();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", scope.text());
    if (scope.isRegistry()) {
      putHost(json, scope.host());
    } else {
      json.put("registry", uri(namespace, scope.wholeRegistry()));
    }
    json.put("username", login.username());
    json.put("in_use", images.stream().anyMatch(image -> isIn(scope, image)));
    json.put("not_checked", login.notChecked());
    json.put("changed_at", login.changed().toString());
    json.put("resource_uri", uri(namespace, scope));
    return json;
  }

  private static void putHost(Map<String, @Nullable Object> json, String host) {
    int colon = host.lastIndexOf(':');
    json.put("host", colon < 0 ? host : host.substring(0, colon));
    json.put("port", colon < 0 ? null : Integer.valueOf(host.substring(colon + 1)));
    json.put("is_docker_registry", host.equals(RegistryScope.DOCKER_HUB));
  }

  private static boolean isIn(RegistryScope scope, String image) {
    var repository = RegistryScope.ofImage(image);
    return scope.isRegistry() ? repository.host().equals(scope.host()) : repository.equals(scope);
  }
}
