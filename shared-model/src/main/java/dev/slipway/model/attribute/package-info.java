/** The attributes of a service, one table: name, type, default, and where each is used. */
@NullMarked
package dev.slipway.model.attribute;

import org.jspecify.annotations.NullMarked;
