/** Encryption of secrets before they are stored. */
@NullMarked
package dev.slipway.command.secrets;

import org.jspecify.annotations.NullMarked;
