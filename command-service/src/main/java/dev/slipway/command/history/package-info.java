/** What the log says of the past of one thing. */
@NullMarked
package dev.slipway.command.history;

import org.jspecify.annotations.NullMarked;
