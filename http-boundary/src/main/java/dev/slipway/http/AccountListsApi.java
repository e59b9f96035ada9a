package dev.slipway.http;

import dev.slipway.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What may be seen of accounts: one's own and those one shares; all of them for the administrator.
 * Each process answers from its own directory.
 */
@RestController
@RequestMapping("/api/account/v1")
final class AccountListsApi {

  private final Directory directory;
  private final DirectoryProgress progress;
  private final Policies policies;

  AccountListsApi(Directory directory, DirectoryProgress progress, Policies policies) {
    this.directory = directory;
    this.progress = progress;
    this.policies = policies;
  }

  @GetMapping("/policy/{name}")
  Map<String, @Nullable Object> policy(Caller caller, @PathVariable String name) {
    requireRead();
    var namespace = new Namespace(name);
    if (!maySee(caller, namespace)) {
      throw ApiFailure.notFound("policy " + name);
    }
    return Policies.render(namespace, policies.of(namespace));
  }

  @GetMapping("/apikey")
  Map<String, Object> apiKeys(
      Caller caller, @RequestParam(name = "user", required = false) @Nullable String user) {
    return AccountResource.list(keysOf(whose(caller, user)));
  }

  @GetMapping("/apikey/{uuid}")
  Map<String, @Nullable Object> apiKey(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam(name = "user", required = false) @Nullable String user) {
    return keysOf(whose(caller, user)).stream()
        .filter(key -> uuid.equalsIgnoreCase(String.valueOf(key.get("uuid"))))
        .findFirst()
        .orElseThrow(() -> ApiFailure.notFound("API key " + uuid));
  }

  private List<Map<String, @Nullable Object>> keysOf(String user) {
    requireRead();
    return directory.keysOf(user).stream().map(AccountResource::render).toList();
  }

  /** Of whom one asks: of oneself, unless one is the administrator and names another. */
  static String whose(Caller caller, @Nullable String user) {
    if (user == null || user.equals(caller.user())) {
      return caller.user();
    }
    if (!caller.account().administrator()) {
      throw ApiFailure.notFound("user " + user);
    }
    return user;
  }

  @GetMapping("/user")
  Map<String, Object> users(Caller caller) {
    return AccountResource.list(shownUsers(caller));
  }

  @GetMapping("/user/{name}")
  Map<String, @Nullable Object> user(Caller caller, @PathVariable String name) {
    return named(shownUsers(caller), name).orElseThrow(() -> ApiFailure.notFound("user " + name));
  }

  private List<Map<String, @Nullable Object>> shownUsers(Caller caller) {
    requireRead();
    return directory.users().stream()
        .filter(user -> caller.account().administrator() || user.name().equals(caller.user()))
        .map(user -> AccountResource.user(user.name(), user.created()))
        .toList();
  }

  @GetMapping("/organisation")
  Map<String, Object> organisations(Caller caller) {
    return AccountResource.list(shownOrganisations(caller));
  }

  @GetMapping("/organisation/{name}")
  Map<String, @Nullable Object> organisation(Caller caller, @PathVariable String name) {
    return named(shownOrganisations(caller), name)
        .orElseThrow(() -> ApiFailure.notFound("organisation " + name));
  }

  private List<Map<String, @Nullable Object>> shownOrganisations(Caller caller) {
    requireRead();
    return directory.organisations().stream()
        .filter(one -> maySee(caller, new Namespace(one.name())))
        .map(
            one ->
                AccountResource.render(
                    one, caller.account().roleIn(new Namespace(one.name())).orElse(null)))
        .toList();
  }

  private static boolean maySee(Caller caller, Namespace organisation) {
    return caller.account().administrator() || caller.account().roleIn(organisation).isPresent();
  }

  @GetMapping("/organisation/{name}/member")
  Map<String, Object> members(Caller caller, @PathVariable String name) {
    return AccountResource.list(shownMembers(caller, new Namespace(name)));
  }

  @GetMapping("/organisation/{name}/member/{user}")
  Map<String, @Nullable Object> member(
      Caller caller, @PathVariable String name, @PathVariable String user) {
    return shownMembers(caller, new Namespace(name)).stream()
        .filter(member -> user.equals(member.get("user")))
        .findFirst()
        .orElseThrow(() -> ApiFailure.notFound("member %s of %s".formatted(user, name)));
  }

  private List<Map<String, @Nullable Object>> shownMembers(Caller caller, Namespace organisation) {
    requireRead();
    if (!directory.isOrganisation(organisation) || !maySee(caller, organisation)) {
      throw ApiFailure.notFound("organisation " + organisation);
    }
    return directory.members(organisation).entrySet().stream()
        .map(member -> AccountResource.member(organisation, member.getKey(), member.getValue()))
        .toList();
  }

  private static Optional<Map<String, @Nullable Object>> named(
      List<Map<String, @Nullable Object>> objects, String name) {
    return objects.stream().filter(object -> name.equals(object.get("name"))).findFirst();
  }

  /** The configured account is let in before the log is read, but an answer needs the log. */
  private void requireRead() {
    if (!progress.isCaughtUp()) {
      throw ApiFailure.unavailable("the accounts are still being read");
    }
  }
}
