/** Stacks: what is asked of one is decided here and handed on to its services. */
@NullMarked
package dev.slipway.command.stack;

import org.jspecify.annotations.NullMarked;
