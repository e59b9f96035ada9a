/** The Docker Engine of this node, and the one that is only simulated. */
@NullMarked
package dev.slipway.agent.engine;

import org.jspecify.annotations.NullMarked;
