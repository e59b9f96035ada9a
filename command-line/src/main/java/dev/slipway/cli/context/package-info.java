/** Which Slipway is asked, and as whom. */
@NullMarked
package dev.slipway.cli.context;

import org.jspecify.annotations.NullMarked;
