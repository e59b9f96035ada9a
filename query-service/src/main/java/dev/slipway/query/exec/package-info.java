/** Terminals of commands that are run by hand in containers, relayed to the agents. */
@NullMarked
package dev.slipway.query.exec;

import org.jspecify.annotations.NullMarked;
