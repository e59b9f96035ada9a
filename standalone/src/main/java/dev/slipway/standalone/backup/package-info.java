/** Backups: one file with everything that an installation needs to come back. */
@NullMarked
package dev.slipway.standalone.backup;

import org.jspecify.annotations.NullMarked;
