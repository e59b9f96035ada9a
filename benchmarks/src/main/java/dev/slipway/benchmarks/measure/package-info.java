/** Paired rounds, what came of them, and how it is told. */
@NullMarked
package dev.slipway.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
