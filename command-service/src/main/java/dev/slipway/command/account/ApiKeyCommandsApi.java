package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.CreateApiKey;
import dev.slipway.command.account.AccountCommand.NewKey;
import dev.slipway.command.account.AccountCommand.RevokeApiKey;
import dev.slipway.http.AccountResource;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.Quotas;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.ApiKeyId;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.quota.Quota;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Makes and revokes API keys: one's own, and for the administrator those of all users. */
@RestController
@RequestMapping("/api/account/v1/apikey")
final class ApiKeyCommandsApi {

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Quotas quotas;
  private final InstantSource clock;

  ApiKeyCommandsApi(
      AccountAnswers answers, AccountRights rights, Quotas quotas, InstantSource clock) {
    this.answers = answers;
    this.rights = rights;
    this.quotas = quotas;
    this.clock = clock;
  }

  /** The answer is the only place where the key is ever seen. */
  @PostMapping
  ResponseEntity<?> create(
      @RequestParam(name = "user", required = false) @Nullable String named,
      Caller caller,
      HttpServletRequest request) {
    var body = AccountBody.read(request, "user", "label", "role");
    var user = rights.whose(caller, named != null ? named : body.text("user"));
    var id = new ApiKeyId(Uuids.random());
    var key = AccessKey.draw();
    return answers.to(
        new Wish(caller, "API Key Create", AccountResource.uri(id), body),
        HttpStatus.CREATED,
        asked ->
            new CreateApiKey(
                user,
                asked,
                newKey(id, key, body),
                quotas.limit(user, Quota.API_KEYS),
                rights.isConfigured(user.value())),
        sent -> shown(((CreateApiKey) sent), key));
  }

  private static NewKey newKey(ApiKeyId id, Secret key, AccountBody body) {
    var label = Objects.requireNonNullElse(body.text("label"), "");
    return new NewKey(id, label, KeyHash.of(key), body.role());
  }

  private Map<String, @Nullable Object> shown(CreateApiKey created, Secret key) {
    var made = created.key();
    var json =
        AccountResource.apiKey(
            made.id(), created.account().value(), made.label(), made.limit(), clock.instant());
    json.put("apikey", key.reveal());
    return json;
  }

  @DeleteMapping("/{uuid}")
  ResponseEntity<?> revoke(
      @PathVariable String uuid,
      @RequestParam(name = "user", required = false) @Nullable String named,
      Caller caller) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound("API key " + uuid);
    }
    var user = rights.whose(caller, named);
    var id = new ApiKeyId(uuid.toLowerCase(Locale.ROOT));
    var uri = AccountResource.uri(id);
    return answers.to(
        new Wish(caller, "API Key Revoke", uri, AccountBody.NONE),
        HttpStatus.OK,
        asked -> new RevokeApiKey(user, asked, id),
        _ -> Map.of("uuid", id.value(), "resource_uri", uri));
  }
}
