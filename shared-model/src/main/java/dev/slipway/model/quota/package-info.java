/** How much a namespace may use. */
@NullMarked
package dev.slipway.model.quota;

import org.jspecify.annotations.NullMarked;
