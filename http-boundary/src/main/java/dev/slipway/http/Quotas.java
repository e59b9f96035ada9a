package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import java.util.Map;

/** The quotas of each namespace: what an administrator set for it, or else the settings. */
public final class Quotas {

  private final Directory directory;
  private final Map<Quota, Long> settings;

  public Quotas(Directory directory, Map<Quota, Long> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
  }

  public long limit(Namespace namespace, Quota quota) {
    var own = directory.quotas(namespace).get(quota);
    return own == null ? ofSettings(quota) : own;
  }

  /** For namespaces that have none of their own. */
  public long ofSettings(Quota quota) {
    return settings.getOrDefault(quota, Long.MAX_VALUE);
  }

  /** What an administrator set for the namespace. */
  public Map<Quota, Long> set(Namespace namespace) {
    return directory.quotas(namespace);
  }

  public static String uri(Namespace namespace) {
    return AccountResource.ROOT + "quota/" + namespace + "/";
  }
}
