/** Connects to a Docker Engine, for every program of Slipway. */
@NullMarked
package dev.slipway.docker;

import org.jspecify.annotations.NullMarked;
