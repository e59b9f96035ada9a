/** Log lines: kept for a while, read back, and followed. */
@NullMarked
package dev.slipway.query.logs;

import org.jspecify.annotations.NullMarked;
