package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.ChangeQuotas;
import dev.slipway.command.quota.QuotaApi;
import dev.slipway.http.Caller;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sets the quotas of a namespace, for the administrator only. */
@RestController
@RequestMapping("/api/account/v1/quota")
final class QuotaCommandsApi {

  private static final Set<String> QUOTAS =
      Arrays.stream(Quota.values()).map(Quota::text).collect(Collectors.toUnmodifiableSet());

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Quotas quotas;
  private final QuotaApi shown;

  QuotaCommandsApi(AccountAnswers answers, AccountRights rights, Quotas quotas, QuotaApi shown) {
    this.answers = answers;
    this.rights = rights;
    this.quotas = quotas;
    this.shown = shown;
  }

  /** A null puts a quota back to that of the settings. */
  @PatchMapping("/{name}")
  ResponseEntity<?> change(@PathVariable String name, Caller caller, HttpServletRequest request) {
    rights.requireAdministrator(caller);
    var namespace =
        rights.configuredNamespace().value().equals(name)
            ? rights.configuredNamespace()
            : rights.existing("namespace", name);
    var body = AccountBody.read(request, QUOTAS, Set.of("namespace", "quotas", "resource_uri"));
    return answers.to(
        new Wish(caller, "Quota Update", Quotas.uri(namespace), body),
        HttpStatus.OK,
        asked ->
            new ChangeQuotas(
                namespace,
                asked,
                changed(namespace, body.known()),
                rights.isConfigured(name) ? name : null,
                rights.takenBySettings(name)),
        sent -> shown.render(namespace, limits((ChangeQuotas) sent)));
  }

  private Map<String, Long> changed(Namespace namespace, Map<String, @Nullable Object> body) {
    var changed = new TreeMap<String, Long>();
    quotas.set(namespace).forEach((quota, limit) -> changed.put(quota.text(), limit));
    for (var quota : Quota.values()) {
      if (body.containsKey(quota.text())) {
        var json = body.get(quota.text());
        if (json == null) {
          changed.remove(quota.text());
        } else {
          changed.put(quota.text(), quota.limit(json));
        }
      }
    }
    return changed;
  }

  private static Map<Quota, Long> limits(ChangeQuotas sent) {
    var limits = new EnumMap<Quota, Long>(Quota.class);
    for (var quota : Quota.values()) {
      var limit = sent.limits().get(quota.text());
      if (limit != null) {
        limits.put(quota, limit);
      }
    }
    return limits;
  }
}
