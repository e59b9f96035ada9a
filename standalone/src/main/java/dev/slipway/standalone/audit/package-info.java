/**
 * Whether a running install keeps its promises: the log, the read model and the Engines compared.
 */
@NullMarked
package dev.slipway.standalone.audit;

import org.jspecify.annotations.NullMarked;
