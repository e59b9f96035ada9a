/** The command line: a client of the public API. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
