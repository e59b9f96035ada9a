/** Watches the resources of the process: its database, the disk and the heap. */
@NullMarked
package dev.slipway.standalone.limits;

import org.jspecify.annotations.NullMarked;
