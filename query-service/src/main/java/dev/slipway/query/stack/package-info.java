/** Stacks as they are read. */
@NullMarked
package dev.slipway.query.stack;

import org.jspecify.annotations.NullMarked;
