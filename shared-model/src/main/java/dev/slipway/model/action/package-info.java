/** An action: the record of who asked for what, and how it ended. */
@NullMarked
package dev.slipway.model.action;

import org.jspecify.annotations.NullMarked;
