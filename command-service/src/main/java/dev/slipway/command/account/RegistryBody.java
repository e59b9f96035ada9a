package dev.slipway.command.account;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Secret;
import dev.slipway.model.registry.RegistryScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A login for a repository or a registry as clients send it. */
record RegistryBody(AccountBody body) {

  private static final String PASSWORD = "password";
  private static final Set<String> FIELDS = Set.of("name", "host", "username", PASSWORD);
  private static final Set<String> READ_ONLY =
      Set.of(
          "registry",
          "port",
          "is_docker_registry",
          "in_use",
          "not_checked",
          "changed_at",
          "resource_uri");
  private static final int MAX_USERNAME = 255;

  /** Tokens of registries have up to about 5,000 characters. */
  private static final int MAX_PASSWORD = 16 * 1024;

  static RegistryBody read(HttpServletRequest request) {
    return new RegistryBody(AccountBody.read(request, FIELDS, READ_ONLY));
  }

  /** The body as the action keeps it: every known field except the password. */
  AccountBody shown() {
    var shown = new LinkedHashMap<String, @Nullable Object>(body.known());
    shown.remove(PASSWORD);
    return new AccountBody(shown, body.warnings(), body.strict());
  }

  RegistryScope scope(boolean registry) {
    if (!registry) {
      return RegistryScope.repository("name", required("name", MAX_USERNAME));
    }
    var field = body.known().get("host") == null ? "name" : "host";
    return RegistryScope.registry(field, required(field, MAX_USERNAME));
  }

  /**
   * @param otherwise what it is if none is given, null if one must be given
   * @throws InvalidInput if it would be read as another name and a password
   */
  String username(@Nullable String otherwise) {
    if (body.known().get("username") == null && otherwise != null) {
      return otherwise;
    }
    var username = required("username", MAX_USERNAME);
    if (username.indexOf(':') >= 0 || username.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput("username", "must have no ':' and no control characters");
    }
    return username;
  }

  Secret password() {
    var password = required(PASSWORD, MAX_PASSWORD);
    if (password.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput(PASSWORD, "must have no control characters");
    }
    return new Secret(password);
  }

  private String required(String field, int max) {
    return switch (body.known().get(field)) {
      case null -> throw new InvalidInput(field, "is required");
      case String text when text.isBlank() -> throw new InvalidInput(field, "must not be empty");
      case String text when text.length() <= max -> text;
      case String _ ->
          throw new InvalidInput(field, "must have at most %d characters".formatted(max));
      default -> throw new InvalidInput(field, "must be a text");
    };
  }
}
