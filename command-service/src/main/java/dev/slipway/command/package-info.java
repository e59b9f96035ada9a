/** The command side: takes commands, decides, stores events, tells nodes. */
@NullMarked
package dev.slipway.command;

import org.jspecify.annotations.NullMarked;
