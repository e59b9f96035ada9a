/** Commands that somebody runs by hand in a container of this node. */
@NullMarked
package dev.slipway.agent.exec;

import org.jspecify.annotations.NullMarked;
