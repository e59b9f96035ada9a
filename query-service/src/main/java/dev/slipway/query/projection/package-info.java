/** From Kafka to MongoDB: what every view shares, and nothing of any one of them. */
@NullMarked
package dev.slipway.query.projection;

import org.jspecify.annotations.NullMarked;
