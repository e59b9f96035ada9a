package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.policy.Danger;
import dev.slipway.model.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each namespace may ask of hosts: what somebody has set for it, or else anything for the
 * namespace of the settings and nothing dangerous for all others.
 */
public final class Policies {

  private final Directory directory;
  private final Namespace configured;

  Policies(Directory directory, Namespace configured) {
    this.directory = directory;
    this.configured = configured;
  }

  public Policy of(Namespace namespace) {
    return directory
        .policy(namespace)
        .orElse(namespace.equals(configured) ? Policy.ALLOWING : Policy.DENYING);
  }

  /** A policy as the API shows it. */
  public static Map<String, @Nullable Object> render(Namespace namespace, Policy policy) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("namespace", namespace.value());
    for (var danger : Danger.values()) {
      json.put(danger.field(), policy.rule(danger).text());
    }
    json.put("host_paths", policy.hostPaths());
    json.put("exec", policy.ruleForExec().text());
    json.put("resource_uri", uri(namespace));
    return json;
  }

  public static String uri(Namespace namespace) {
    return AccountResource.ROOT + "policy/" + namespace + "/";
  }
}
