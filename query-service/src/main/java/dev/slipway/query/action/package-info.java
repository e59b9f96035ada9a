/** Actions as they are read. */
@NullMarked
package dev.slipway.query.action;

import org.jspecify.annotations.NullMarked;
