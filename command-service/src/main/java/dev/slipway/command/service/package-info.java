/** Deciding about services, and the aggregate that holds the decider. */
@NullMarked
package dev.slipway.command.service;

import org.jspecify.annotations.NullMarked;
