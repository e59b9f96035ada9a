/** Which node a container goes to, and why not to another. */
@NullMarked
package dev.slipway.command.scheduling;

import org.jspecify.annotations.NullMarked;
