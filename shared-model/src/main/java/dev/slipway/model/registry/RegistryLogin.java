package dev.slipway.model.registry;

import dev.slipway.model.Secret;

/**
 * A user name and a password for a registry. Agents send it to the Engine with a pull and store it
 * nowhere.
 *
 * @param scope the repository or registry that it is for
 */
public record RegistryLogin(RegistryScope scope, String username, Secret password) {}
