/** What containers write, sent on without loss or repeat. */
@NullMarked
package dev.slipway.agent.logs;

import org.jspecify.annotations.NullMarked;
