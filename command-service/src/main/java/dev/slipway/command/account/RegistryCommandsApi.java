package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.RemoveRegistryLogin;
import dev.slipway.command.account.AccountCommand.SetRegistryLogin;
import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.registry.LoginCheck;
import dev.slipway.command.registry.LoginCheck.Result;
import dev.slipway.command.registry.PullLogins;
import dev.slipway.command.secrets.Seal;
import dev.slipway.command.secrets.SealFailure;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.Directory;
import dev.slipway.http.RegistryLogins.Shown;
import dev.slipway.http.RegistryResource;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent.RegistryLoginSet;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.model.service.ServiceCommand.Asked;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sets and removes the logins with which images of a namespace are pulled. */
@RestController
@RequestMapping("/api/repo/v1/{kind:repository|registry}")
final class RegistryCommandsApi {

  private static final int MAX_LOGINS = 200;

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Directory directory;
  private final ServiceReferences services;
  private final LoginCheck check;
  private final Seal seal;
  private final InstantSource clock;

  RegistryCommandsApi(
      AccountAnswers answers,
      AccountRights rights,
      Directory directory,
      ServiceReferences services,
      LoginCheck check,
      Seal seal,
      InstantSource clock) {
    this.answers = answers;
    this.rights = rights;
    this.directory = directory;
    this.services = services;
    this.check = check;
    this.seal = seal;
    this.clock = clock;
  }

  /** Of a repository that is registered already, it replaces the login. */
  @PostMapping
  ResponseEntity<?> register(@PathVariable String kind, Caller caller, HttpServletRequest request) {
    var body = RegistryBody.read(request);
    var uri = RegistryResource.list(caller.namespace(), isRegistry(kind));
    return answers.to(
        new Wish(caller, word(kind) + " Register", uri, body.shown()),
        HttpStatus.CREATED,
        asked -> {
          var scope = body.scope(isRegistry(kind));
          var login = new RegistryLogin(scope, body.username(null), body.password());
          return set(asked, login, caller.namespace(), false);
        },
        sent -> rendered((SetRegistryLogin) sent));
  }

  /** Renews the password, and the user name if one is given. */
  @PatchMapping("/{*name}")
  ResponseEntity<?> update(
      @PathVariable String kind,
      @PathVariable String name,
      Caller caller,
      HttpServletRequest request) {
    var scope = existing(kind, name);
    var known =
        directory
            .registryLogins()
            .find(caller.namespace(), scope)
            .orElseThrow(() -> ApiFailure.notFound(kind + " " + scope));
    var body = RegistryBody.read(request);
    return answers.to(
        new Wish(
            caller,
            word(kind) + " Update",
            RegistryResource.uri(caller.namespace(), scope),
            body.shown()),
        HttpStatus.OK,
        asked -> {
          var login = new RegistryLogin(scope, body.username(known.username()), body.password());
          return set(asked, login, caller.namespace(), true);
        },
        sent -> rendered((SetRegistryLogin) sent));
  }

  @DeleteMapping("/{*name}")
  ResponseEntity<?> remove(@PathVariable String kind, @PathVariable String name, Caller caller) {
    var scope = existing(kind, name);
    var uri = RegistryResource.uri(caller.namespace(), scope);
    return answers.to(
        new Wish(caller, word(kind) + " Remove", uri, AccountBody.NONE),
        HttpStatus.OK,
        asked -> new RemoveRegistryLogin(caller.namespace(), asked, scope),
        _ -> Map.of("name", scope.text(), "resource_uri", uri));
  }

  private SetRegistryLogin set(
      Asked asked, RegistryLogin login, Namespace namespace, boolean mustExist) {
    var notChecked =
        switch (check.check(login)) {
          case Result.Accepted _ -> null;
          case Result.NotChecked(var reason) -> reason;
          case Result.Rejected(var message) -> throw new InvalidInput("password", message);
        };
    var name = namespace.value();
    return new SetRegistryLogin(
        namespace,
        asked,
        sealed(namespace, login, notChecked),
        MAX_LOGINS,
        mustExist,
        rights.isConfigured(name) ? name : null,
        rights.takenBySettings(name));
  }

  private RegistryLoginSet sealed(
      Namespace namespace, RegistryLogin login, @Nullable String notChecked) {
    try {
      var password = seal.seal(namespace, PullLogins.purpose(login.scope()), login.password());
      return new RegistryLoginSet(namespace, login.scope(), login.username(), password, notChecked);
    } catch (SealFailure failure) {
      throw ApiFailure.unavailable(String.valueOf(failure.getMessage()));
    }
  }

  private Map<String, @Nullable Object> rendered(SetRegistryLogin sent) {
    var set = sent.login();
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new LinkedHashMap<>(
        RegistryResource.render(
            sent.account(),
            new Shown(set.scope(), set.username(), set.notChecked(), now),
            services.images(sent.account())));
  }

  /** A name in a path; an invalid one can match nothing. */
  private static RegistryScope existing(String kind, String path) {
    var name = path.substring(1);
    try {
      return isRegistry(kind)
          ? RegistryScope.registry("name", name)
          : RegistryScope.repository("name", name);
    } catch (InvalidInput invalid) {
      throw ApiFailure.notFound(kind + " " + name);
    }
  }

  private static boolean isRegistry(String kind) {
    return kind.equals("registry");
  }

  private static String word(String kind) {
    return isRegistry(kind) ? "Registry" : "Repository";
  }
}
