/** Readers of a container's lines, and a container that prints what it is told. */
@NullMarked
package dev.slipway.benchmarks.logs;

import org.jspecify.annotations.NullMarked;
