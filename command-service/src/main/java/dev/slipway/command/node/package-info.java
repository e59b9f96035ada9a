/** Which nodes there are: their heartbeats, and what follows when they stop. */
@NullMarked
package dev.slipway.command.node;

import org.jspecify.annotations.NullMarked;
