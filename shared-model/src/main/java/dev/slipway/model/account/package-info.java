/** Who may do what: users, organisations, API keys, and the tokens of containers. */
@NullMarked
package dev.slipway.model.account;

import org.jspecify.annotations.NullMarked;
