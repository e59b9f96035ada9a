package dev.slipway.http;

import dev.slipway.http.Directory.ApiKey;
import dev.slipway.http.Directory.Named;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.Role;
import dev.slipway.model.api.ApiDate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts as the API shows them, and their paths. */
public final class AccountResource {

  public static final String ROOT = "/api/account/v1/";

  private AccountResource() {}

  public static String uri(ApiKeyId key) {
    return ROOT + "apikey/%s/".formatted(key);
  }

  public static String userUri(String user) {
    return ROOT + "user/%s/".formatted(user);
  }

  public static String uri(Namespace organisation) {
    return ROOT + "organisation/%s/".formatted(organisation);
  }

  public static String memberUri(Namespace organisation, String user) {
    return uri(organisation) + "member/%s/".formatted(user);
  }

  /** Without the key itself, which nobody has but its holder. */
  static Map<String, @Nullable Object> render(ApiKey key) {
    return apiKey(key.id(), key.user(), key.label(), key.limit(), key.created());
  }

  public static Map<String, @Nullable Object> apiKey(
      ApiKeyId id, String user, String label, @Nullable Role limit, Instant created) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", id.value());
    json.put("user", user);
    json.put("label", label);
    json.put("role", limit == null ? null : limit.text());
    json.put("created", ApiDate.of(created));
    json.put("resource_uri", uri(id));
    return json;
  }

  public static Map<String, @Nullable Object> user(String name, Instant created) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", name);
    json.put("created", ApiDate.of(created));
    json.put("resource_uri", userUri(name));
    return json;
  }

  static Map<String, @Nullable Object> render(Named organisation, @Nullable Role role) {
    return organisation(new Namespace(organisation.name()), role, organisation.created());
  }

  /**
   * @param role of who looks, null if none
   */
  public static Map<String, @Nullable Object> organisation(
      Namespace namespace, @Nullable Role role, Instant created) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", namespace.value());
    json.put("role", role == null ? null : role.text());
    json.put("created", ApiDate.of(created));
    json.put("resource_uri", uri(namespace));
    return json;
  }

  public static Map<String, @Nullable Object> member(Namespace namespace, String user, Role role) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("organisation", namespace.value());
    json.put("user", user);
    json.put("role", role.text());
    json.put("resource_uri", memberUri(namespace, user));
    return json;
  }

  /** A whole list as one page of the form that every list has. */
  static Map<String, Object> list(List<Map<String, @Nullable Object>> objects) {
    var meta = new LinkedHashMap<String, @Nullable Object>();
    meta.put("limit", objects.size());
    meta.put("next", null);
    meta.put("offset", 0);
    meta.put("previous", null);
    meta.put("total_count", objects.size());
    var list = new LinkedHashMap<String, Object>();
    list.put("meta", meta);
    list.put("objects", objects);
    return list;
  }
}
