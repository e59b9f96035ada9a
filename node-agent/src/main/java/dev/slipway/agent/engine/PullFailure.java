package dev.slipway.agent.engine;

import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why a pull failed, where the Engine's own words do not tell what to do. */
final class PullFailure {

  /** How Engines and registries report that a login is missing or wrong. */
  private static final List<String> DENIED =
      List.of(
          "unauthorized",
          "authentication required",
          "no basic auth credentials",
          "denied",
          "incorrect username or password",
          "401",
          "403 forbidden");

  private PullFailure() {}

  /**
   * @param login that the pull was tried with, null if with none
   */
  static EngineRefused of(String image, @Nullable RegistryLogin login, String reason) {
    var lower = reason.toLowerCase(Locale.ROOT);
    if (DENIED.stream().noneMatch(lower::contains)) {
      return new EngineRefused(reason);
    }
    return new EngineRefused(
        login == null
            ? "%s; no login is registered for %s".formatted(reason, RegistryScope.ofImage(image))
            : "the registry refused the credentials of %s: %s".formatted(login.scope(), reason));
  }
}
