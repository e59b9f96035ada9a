/** From what is wanted and what is found to what is done. */
@NullMarked
package dev.slipway.agent.reconcile;

import org.jspecify.annotations.NullMarked;
