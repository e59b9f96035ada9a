/** Tables kept in step with the log, in the same transaction: claims, placements, deadlines. */
@NullMarked
package dev.slipway.command.ledger;

import org.jspecify.annotations.NullMarked;
