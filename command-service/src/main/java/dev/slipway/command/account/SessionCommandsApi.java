package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.CloseSession;
import dev.slipway.command.account.AccountCommand.ExtendSession;
import dev.slipway.command.account.AccountCommand.NewSession;
import dev.slipway.command.account.AccountCommand.OpenSession;
import dev.slipway.command.messaging.Commands;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.SessionCookie;
import dev.slipway.http.SessionLogin;
import dev.slipway.http.SessionLogin.Result.Accepted;
import dev.slipway.http.SessionLogin.Result.Refused;
import dev.slipway.http.SessionResource;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.account.ApiKeyId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Logs in at the console and out again. */
@RestController
@RequestMapping(SessionResource.PATH)
final class SessionCommandsApi {

  private static final Duration LASTS = Duration.ofHours(12);

  private final AccountAnswers answers;
  private final Commands commands;
  private final AccountRights rights;
  private final SessionLogin logins;
  private final SessionResource resource;
  private final InstantSource clock;

  SessionCommandsApi(
      AccountAnswers answers,
      Commands commands,
      AccountRights rights,
      SessionLogin logins,
      SessionResource resource,
      InstantSource clock) {
    this.answers = answers;
    this.commands = commands;
    this.rights = rights;
    this.logins = logins;
    this.resource = resource;
    this.clock = clock;
  }

  @PostMapping
  ResponseEntity<?> logIn(HttpServletRequest request) {
    // Not recorded in the action: it has the API key.
    var body = AccountBody.read(request, "user", "apikey");
    return switch (logins.logIn(
        request, body.required("user"), new Secret(body.required("apikey")))) {
      case Refused refused -> refused(refused);
      case Accepted accepted -> opened(accepted, body.hidden(), request);
    };
  }

  private static ResponseEntity<?> refused(Refused refused) {
    var answer = ResponseEntity.status(refused.status());
    refused.headers().forEach(answer::header);
    return answer.body(Map.of("error", refused.message()));
  }

  private ResponseEntity<?> opened(
      Accepted accepted, AccountBody body, HttpServletRequest request) {
    var caller = accepted.caller();
    var expires = clock.instant().plus(LASTS).truncatedTo(ChronoUnit.MILLIS);
    var session =
        new NewSession(
            new ApiKeyId(Uuids.random()),
            accepted.hash(),
            accepted.apiKey(),
            accepted.limit(),
            expires);
    var answer =
        answers.to(
            new Wish(caller, "Session Open", SessionResource.PATH + "/", body),
            HttpStatus.CREATED,
            asked ->
                new OpenSession(
                    new Namespace(caller.user()),
                    asked,
                    session,
                    rights.isConfigured(caller.user())),
            _ -> resource.render(caller.account(), expires));
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(HttpHeaders.SET_COOKIE, SessionCookie.set(request, accepted.key(), LASTS))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(answer.getBody());
  }

  /** Lets the session last longer; the console asks for it while somebody uses it. */
  @PutMapping
  ResponseEntity<?> extend(Caller caller, HttpServletRequest request) {
    var session = required(request);
    var expires = clock.instant().plus(LASTS).truncatedTo(ChronoUnit.MILLIS);
    var user = new Namespace(caller.user());
    commands.send(new ExtendSession(user, session.id(), expires), user, caller.user());
    var answer = ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
    SessionCookie.prolong(request, LASTS)
        .ifPresent(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
    return answer.body(resource.render(caller.account(), expires));
  }

  @DeleteMapping
  ResponseEntity<?> logOut(Caller caller, HttpServletRequest request) {
    var session = required(request);
    var answer =
        answers.to(
            new Wish(caller, "Session Close", SessionResource.PATH + "/", AccountBody.NONE),
            HttpStatus.NO_CONTENT,
            asked -> new CloseSession(new Namespace(caller.user()), asked, session.id()),
            _ -> Map.of());
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(HttpHeaders.SET_COOKIE, SessionCookie.remove(request))
        .build();
  }

  private SessionLogin.Open required(HttpServletRequest request) {
    return logins
        .of(request)
        .orElseThrow(() -> ApiFailure.notFound("a session, in a cookie of the request,"));
  }
}
