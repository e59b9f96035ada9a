package dev.slipway.command.quota;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.Directory;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what namespaces use of their quotas: one's own; any for the administrator. */
@RestController
@RequestMapping("/api/account/v1/quota")
public final class QuotaApi {

  private final Quotas quotas;
  private final Usage usage;
  private final Directory directory;

  QuotaApi(Quotas quotas, Usage usage, Directory directory) {
    this.quotas = quotas;
    this.usage = usage;
    this.directory = directory;
  }

  @GetMapping
  Map<String, Object> list(Caller caller) {
    var objects =
        caller.account().roles().keySet().stream()
            .sorted(Comparator.comparing(Namespace::value))
            .map(this::render)
            .toList();
    var meta = new LinkedHashMap<String, @Nullable Object>();
    meta.put("limit", objects.size());
    meta.put("next", null);
    meta.put("offset", 0);
    meta.put("previous", null);
    meta.put("total_count", objects.size());
    return Map.of("meta", meta, "objects", objects);
  }

  @GetMapping("/{name}")
  Map<String, @Nullable Object> one(Caller caller, @PathVariable String name) {
    var namespace = new Namespace(name);
    boolean own = caller.account().roles().containsKey(namespace);
    if (!own && !(caller.account().administrator() && exists(namespace))) {
      throw ApiFailure.notFound("quota " + name);
    }
    return render(namespace);
  }

  private boolean exists(Namespace namespace) {
    return directory.isUser(namespace.value()) || directory.isOrganisation(namespace);
  }

  /** As the API shows it. */
  public Map<String, @Nullable Object> render(Namespace namespace) {
    return render(namespace, quotas.set(namespace));
  }

  /**
   * @param set what an administrator set for the namespace
   */
  public Map<String, @Nullable Object> render(Namespace namespace, Map<Quota, Long> set) {
    var used = usage.of(namespace);
    used.put(Quota.API_KEYS, (long) directory.keysOf(namespace.value()).size());
    var shown = new LinkedHashMap<String, Object>();
    for (var quota : Quota.values()) {
      var one = new LinkedHashMap<String, @Nullable Object>();
      one.put("used", used.get(quota));
      one.put("limit", set.getOrDefault(quota, quotas.ofSettings(quota)));
      one.put("set", set.containsKey(quota));
      shown.put(quota.text(), one);
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("namespace", namespace.value());
    json.put("quotas", shown);
    json.put("resource_uri", Quotas.uri(namespace));
    return json;
  }
}
