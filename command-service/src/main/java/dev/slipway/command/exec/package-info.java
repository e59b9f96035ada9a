/** The actions of commands that are run by hand in containers. */
@NullMarked
package dev.slipway.command.exec;

import org.jspecify.annotations.NullMarked;
