/** Stacks: services that are handled as one. */
@NullMarked
package dev.slipway.model.stack;

import org.jspecify.annotations.NullMarked;
