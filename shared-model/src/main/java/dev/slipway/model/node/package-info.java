/** A node: a host with a Docker Engine and an agent. */
@NullMarked
package dev.slipway.model.node;

import org.jspecify.annotations.NullMarked;
