/**
 * A service: what may be asked of it, what has happened to it, and the fold that both sides share.
 */
@NullMarked
package dev.slipway.model.service;

import org.jspecify.annotations.NullMarked;
