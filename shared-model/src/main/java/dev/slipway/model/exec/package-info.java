/** A command run by hand in a container: what goes to its node, and what comes back. */
@NullMarked
package dev.slipway.model.exec;

import org.jspecify.annotations.NullMarked;
