package dev.slipway.command.account;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.NamespaceNames;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Who may change which account, beyond what the boundary asks of every write.
 *
 * @param configured the user of the settings, who is there without an event
 * @param configuredNamespace that user's namespace
 */
record AccountRights(String configured, Namespace configuredNamespace) {

  /**
   * @throws ApiFailure 403 for all but the administrator
   */
  void requireAdministrator(Caller caller) {
    if (!caller.account().administrator()) {
      throw new ApiFailure(
          HttpStatus.FORBIDDEN, "this needs the administrator, the user of Slipway's settings");
    }
  }

  /**
   * @throws ApiFailure 404 for who is no member, 403 for a member who is not its admin
   */
  void requireAdminOf(Namespace organisation, Caller caller) {
    var role = caller.account().roleIn(organisation).orElse(null);
    if (caller.account().administrator() || role == Role.ADMIN) {
      return;
    }
    if (role == null) {
      throw ApiFailure.notFound("organisation " + organisation);
    }
    throw new ApiFailure(
        HttpStatus.FORBIDDEN,
        "this needs the role admin in %s; you are %s there".formatted(organisation, role.text()));
  }

  /**
   * Whose keys are meant: one's own, unless another user is named.
   *
   * @throws ApiFailure 403 if that is for the administrator only
   */
  Namespace whose(Caller caller, @Nullable String named) {
    if (named == null || named.equals(caller.user())) {
      return new Namespace(caller.user());
    }
    requireAdministrator(caller);
    return existing("user", named);
  }

  /** A name in a path; there is nobody of a name that nobody can have. */
  Namespace existing(String what, String name) {
    if (!isConfigured(name) && !NamespaceNames.haveForm(name)) {
      throw ApiFailure.notFound(what + " " + name);
    }
    return new Namespace(name);
  }

  boolean isConfigured(String user) {
    return user.equals(configured);
  }

  /** Whether the settings have given the name out already. */
  boolean takenBySettings(String name) {
    return isConfigured(name) || name.equals(configuredNamespace.value());
  }
}
