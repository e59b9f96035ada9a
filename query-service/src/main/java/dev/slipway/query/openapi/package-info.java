/** What the API is, for programs that make clients of it and for people who try it. */
@NullMarked
package dev.slipway.query.openapi;

import org.jspecify.annotations.NullMarked;
