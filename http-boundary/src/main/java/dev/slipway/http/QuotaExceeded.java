package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import java.util.LinkedHashMap;
import java.util.Map;

/** A write that would take a namespace over one of its quotas; nothing of it is stored. */
public final class QuotaExceeded extends RuntimeException {

  private final Namespace namespace;
  private final Quota quota;
  private final long used;
  private final long limit;

  /**
   * @param used before the write
   */
  public QuotaExceeded(Namespace namespace, Quota quota, long used, long limit) {
    super(
        "%s has reached its quota of %s: %d of %d are used; an administrator can raise it with PATCH %s"
            .formatted(namespace, quota.what(), used, limit, Quotas.uri(namespace)));
    this.namespace = namespace;
    this.quota = quota;
    this.used = used;
    this.limit = limit;
  }

  public Quota quota() {
    return quota;
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("error", String.valueOf(getMessage()));
    json.put("quota", quota.text());
    json.put("namespace", namespace.value());
    json.put("used", used);
    json.put("limit", limit);
    return json;
  }
}
