/** Sending commands, and the threads that read Kafka. */
@NullMarked
package dev.slipway.command.messaging;

import org.jspecify.annotations.NullMarked;
