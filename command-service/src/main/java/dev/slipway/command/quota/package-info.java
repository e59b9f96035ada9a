/** Quotas of namespaces: counting, refusing, and setting them. */
@NullMarked
package dev.slipway.command.quota;

import org.jspecify.annotations.NullMarked;
