/** Logins for image registries: what registries say of them, and how they reach agents. */
@NullMarked
package dev.slipway.command.registry;

import org.jspecify.annotations.NullMarked;
