/** Stackfiles and Compose files, read into the stacks of the API. */
@NullMarked
package dev.slipway.cli.compose;

import org.jspecify.annotations.NullMarked;
