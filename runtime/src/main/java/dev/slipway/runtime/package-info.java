/** Threads that work for as long as the process lives, and how each is. */
@NullMarked
package dev.slipway.runtime;

import org.jspecify.annotations.NullMarked;
