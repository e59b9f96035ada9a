/** What has happened to a service, one entry an event. */
@NullMarked
package dev.slipway.query.history;

import org.jspecify.annotations.NullMarked;
