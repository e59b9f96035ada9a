/** The agent of a node: makes its Engine have what is wanted, and reports. */
@NullMarked
package dev.slipway.agent;

import org.jspecify.annotations.NullMarked;
