/** How messages are stored and sent: one mapper, stable type names, topics. */
@NullMarked
package dev.slipway.model.wire;

import org.jspecify.annotations.NullMarked;
