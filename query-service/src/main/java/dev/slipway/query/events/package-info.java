/** Changes of services, containers, nodes and actions, as they happen and for a while after. */
@NullMarked
package dev.slipway.query.events;

import org.jspecify.annotations.NullMarked;
