/** Words that every other package of the model uses. */
@NullMarked
package dev.slipway.model;

import org.jspecify.annotations.NullMarked;
