/** Repositories and registries that a namespace has logins for, as the API lists them. */
@NullMarked
package dev.slipway.query.repository;

import org.jspecify.annotations.NullMarked;
