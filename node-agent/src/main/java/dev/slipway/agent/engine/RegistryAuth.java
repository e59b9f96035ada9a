package dev.slipway.agent.engine;

import com.github.dockerjava.api.model.AuthConfig;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;

/** A login as the Engine takes it in the header {@code X-Registry-Auth} of a pull. */
final class RegistryAuth {

  private RegistryAuth() {}

  static AuthConfig of(RegistryLogin login) {
    var host = login.scope().host();
    return new AuthConfig()
        .withUsername(login.username())
        .withPassword(login.password().reveal())
        .withRegistryAddress(
            host.equals(RegistryScope.DOCKER_HUB) ? AuthConfig.DEFAULT_SERVER_ADDRESS : host);
  }
}
