/** Tables, JSON and text that is safe for a terminal. */
@NullMarked
package dev.slipway.cli.output;

import org.jspecify.annotations.NullMarked;
