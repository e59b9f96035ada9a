/** Services as they are read. */
@NullMarked
package dev.slipway.query.service;

import org.jspecify.annotations.NullMarked;
