/** A client that costs little, so that what is measured is the server. */
@NullMarked
package dev.slipway.benchmarks.http;

import org.jspecify.annotations.NullMarked;
