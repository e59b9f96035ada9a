/** Users, organisations and API keys: what may be asked of them, and what follows. */
@NullMarked
package dev.slipway.command.account;

import org.jspecify.annotations.NullMarked;
