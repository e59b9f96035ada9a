package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.AddMember;
import dev.slipway.command.account.AccountCommand.CreateOrganisation;
import dev.slipway.command.account.AccountCommand.CreateUser;
import dev.slipway.command.account.AccountCommand.DeleteUser;
import dev.slipway.command.account.AccountCommand.RemoveMember;
import dev.slipway.http.AccountResource;
import dev.slipway.http.Caller;
import dev.slipway.http.Directory;
import dev.slipway.http.NamespaceNames;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes and removes users, organisations and their members. */
@RestController
@RequestMapping("/api/account/v1")
final class AccountCommandsApi {

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Directory directory;
  private final InstantSource clock;

  AccountCommandsApi(
      AccountAnswers answers, AccountRights rights, Directory directory, InstantSource clock) {
    this.answers = answers;
    this.rights = rights;
    this.directory = directory;
    this.clock = clock;
  }

  @PostMapping("/user")
  ResponseEntity<?> createUser(Caller caller, HttpServletRequest request) {
    rights.requireAdministrator(caller);
    var body = AccountBody.read(request, "name");
    return answers.to(
        new Wish(caller, "User Create", AccountResource.ROOT + "user/", body),
        HttpStatus.CREATED,
        asked -> new CreateUser(newName(body), asked),
        sent -> AccountResource.user(sent.account().value(), clock.instant()));
  }

  @DeleteMapping("/user/{name}")
  ResponseEntity<?> deleteUser(@PathVariable String name, Caller caller) {
    rights.requireAdministrator(caller);
    var user = rights.existing("user", name);
    var uri = AccountResource.userUri(name);
    return answers.to(
        new Wish(caller, "User Delete", uri, AccountBody.NONE),
        HttpStatus.OK,
        asked -> {
          if (rights.isConfigured(name)) {
            throw new AccountRejected(
                AccountRejected.Reason.INVALID_STATE, "the user of Slipway's settings stays");
          }
          return new DeleteUser(user, asked);
        },
        _ -> Map.of("name", name, "resource_uri", uri));
  }

  @PostMapping("/organisation")
  ResponseEntity<?> createOrganisation(Caller caller, HttpServletRequest request) {
    rights.requireAdministrator(caller);
    var body = AccountBody.read(request, "name");
    return answers.to(
        new Wish(caller, "Organisation Create", AccountResource.ROOT + "organisation/", body),
        HttpStatus.CREATED,
        asked -> new CreateOrganisation(newName(body), asked),
        sent -> AccountResource.organisation(sent.account(), null, clock.instant()));
  }

  private Namespace newName(AccountBody body) {
    var name = NamespaceNames.checked("name", body.required("name"));
    if (rights.takenBySettings(name)) {
      throw new AccountRejected(
          AccountRejected.Reason.INVALID_STATE, "the name %s is taken".formatted(name));
    }
    return new Namespace(name);
  }

  /** Of who is a member already, it changes the role. */
  @PostMapping("/organisation/{name}/member")
  ResponseEntity<?> addMember(
      @PathVariable String name, Caller caller, HttpServletRequest request) {
    var organisation = rights.existing("organisation", name);
    rights.requireAdminOf(organisation, caller);
    var body = AccountBody.read(request, "user", "role");
    return answers.to(
        new Wish(caller, "Member Add", AccountResource.uri(organisation), body),
        HttpStatus.CREATED,
        asked -> {
          var user = body.required("user");
          var role = body.role();
          if (!directory.isUser(user) && !rights.isConfigured(user)) {
            throw new InvalidInput("user", "must be the name of a user");
          }
          if (role == null) {
            throw new InvalidInput("role", "is required");
          }
          return new AddMember(organisation, asked, user, role);
        },
        sent -> {
          var added = (AddMember) sent;
          return AccountResource.member(organisation, added.user(), added.role());
        });
  }

  @DeleteMapping("/organisation/{name}/member/{user}")
  ResponseEntity<?> removeMember(
      @PathVariable String name, @PathVariable String user, Caller caller) {
    var organisation = rights.existing("organisation", name);
    rights.requireAdminOf(organisation, caller);
    var uri = AccountResource.memberUri(organisation, user);
    return answers.to(
        new Wish(caller, "Member Remove", uri, AccountBody.NONE),
        HttpStatus.OK,
        asked -> new RemoveMember(organisation, asked, user),
        _ -> Map.of("user", user, "organisation", name, "resource_uri", uri));
  }
}
