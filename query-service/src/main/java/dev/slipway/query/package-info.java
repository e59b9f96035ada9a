/** The query side: views folded from the log, and the API that reads them. */
@NullMarked
package dev.slipway.query;

import org.jspecify.annotations.NullMarked;
