/** What every HTTP side shares: one form of each path, who calls, and errors as JSON. */
@NullMarked
package dev.slipway.http;

import org.jspecify.annotations.NullMarked;
