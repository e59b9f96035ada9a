/** How things look in the API: resource URIs, dates and JSON objects. */
@NullMarked
package dev.slipway.model.api;

import org.jspecify.annotations.NullMarked;
