/** What things cost, beside a peer and the limit. */
@NullMarked
package dev.slipway.benchmarks;

import org.jspecify.annotations.NullMarked;
