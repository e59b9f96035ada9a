/** Axon on PostgreSQL: serializer, event store, cache, transactions. */
@NullMarked
package dev.slipway.command.store;

import org.jspecify.annotations.NullMarked;
