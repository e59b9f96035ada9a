package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a session: the user, and the features of this installation.
 *
 * @param version of Slipway
 * @param exec whether terminals are allowed
 * @param simulated whether containers are simulated
 */
public record SessionResource(String version, boolean exec, boolean simulated) {

  public static final String PATH = ApiPath.SESSION;

  /**
   * @param expires when the session does, null for who is logged in by a key
   */
  public Map<String, @Nullable Object> render(Account account, @Nullable Instant expires) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("user", account.user());
    json.put("home", account.home().value());
    json.put(
        "namespaces",
        account.roles().entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<Namespace, Role> one) -> !one.getKey().equals(account.home()))
                    .thenComparing(one -> one.getKey().value()))
            .map(one -> Map.of("name", one.getKey().value(), "role", one.getValue().text()))
            .toList());
    json.put("administrator", account.administrator());
    json.put("version", version);
    json.put("expires_at", expires == null ? null : expires.toString());
    json.put("features", Map.of("exec", exec, "simulated", simulated));
    return json;
  }
}
