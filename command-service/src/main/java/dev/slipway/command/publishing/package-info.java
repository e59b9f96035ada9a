/** What the log says, sent on: events to those who read, assignments to nodes. */
@NullMarked
package dev.slipway.command.publishing;

import org.jspecify.annotations.NullMarked;
