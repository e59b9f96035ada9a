/** A container: its identity, what a node must have of it, and what a node found. */
@NullMarked
package dev.slipway.model.container;

import org.jspecify.annotations.NullMarked;
