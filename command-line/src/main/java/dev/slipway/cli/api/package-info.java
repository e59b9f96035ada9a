/** Requests to the API and the failures that they end with. */
@NullMarked
package dev.slipway.cli.api;

import org.jspecify.annotations.NullMarked;
