/** All of Slipway in one process: starts what the services lean on, then the services. */
@NullMarked
package dev.slipway.standalone;

import org.jspecify.annotations.NullMarked;
