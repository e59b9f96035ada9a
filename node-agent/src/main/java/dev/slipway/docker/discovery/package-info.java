/** Finds the Docker Engine of this host as other Docker tools do, for every program of Slipway. */
@NullMarked
package dev.slipway.docker.discovery;

import org.jspecify.annotations.NullMarked;
