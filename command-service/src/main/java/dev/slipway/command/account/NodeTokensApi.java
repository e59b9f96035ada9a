package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.CreateNodeToken;
import dev.slipway.http.Caller;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.KeyHash;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives tokens by which agents bring their nodes into a namespace, as many as come in time. */
@RestController
@RequestMapping("/api/infra/v1/token")
final class NodeTokensApi {

  private static final String URI = "/api/infra/v1/token/";

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Duration validity;
  private final InstantSource clock;

  NodeTokensApi(
      AccountAnswers answers, AccountRights rights, Duration validity, InstantSource clock) {
    this.answers = answers;
    this.rights = rights;
    this.validity = validity;
    this.clock = clock;
  }

  /** The answer is the only place where the token is ever seen. */
  @PostMapping
  ResponseEntity<?> create(Caller caller, HttpServletRequest request) {
    var body = AccountBody.read(request);
    var token = AccessKey.draw();
    var namespace = caller.namespace();
    var user = namespace.value();
    return answers.to(
        new Wish(caller, "Node Token Create", URI, body),
        HttpStatus.CREATED,
        asked ->
            new CreateNodeToken(
                namespace,
                asked,
                KeyHash.of(token),
                clock.instant().plus(validity),
                rights.isConfigured(user) ? user : null,
                rights.takenBySettings(user)),
        _ -> Map.of("token", token.reveal()));
  }
}
