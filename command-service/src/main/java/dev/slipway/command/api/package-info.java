/** The command side of the REST API. */
@NullMarked
package dev.slipway.command.api;

import org.jspecify.annotations.NullMarked;
