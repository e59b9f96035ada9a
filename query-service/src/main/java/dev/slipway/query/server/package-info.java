/** The server itself: its version, its entry page, and an overview of a namespace. */
@NullMarked
package dev.slipway.query.server;

import org.jspecify.annotations.NullMarked;
