/** What comes from Kafka and goes to it. */
@NullMarked
package dev.slipway.agent.messaging;

import org.jspecify.annotations.NullMarked;
