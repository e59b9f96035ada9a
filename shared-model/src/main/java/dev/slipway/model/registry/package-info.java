/** Image registries, the parts of them that logins are for, and the logins themselves. */
@NullMarked
package dev.slipway.model.registry;

import org.jspecify.annotations.NullMarked;
