/** The web console's files, as they are served. */
@NullMarked
package dev.slipway.query.console;

import org.jspecify.annotations.NullMarked;
