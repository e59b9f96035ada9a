/** What the services of a namespace may ask of the hosts that they run on. */
@NullMarked
package dev.slipway.model.policy;

import org.jspecify.annotations.NullMarked;
