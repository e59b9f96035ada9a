/** Nodes as they are read. */
@NullMarked
package dev.slipway.query.node;

import org.jspecify.annotations.NullMarked;
