/** Containers as they are read, those that are gone included. */
@NullMarked
package dev.slipway.query.container;

import org.jspecify.annotations.NullMarked;
