package dev.slipway.model.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.node.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a slot for as long as its service lives.
 *
 * @param generation of the last container placed in it, 0 before the first
 * @param last the node of that container, null if there was none or the service no longer has
 *     anything there
 * @param owed whether it has no container for want of a node
 * @param data the generation that began with empty volumes, null if they are the slot's first
 */
public record Slot(int generation, @Nullable NodeId last, boolean owed, @Nullable Integer data) {

  static final Slot UNUSED = new Slot(0, null, false, null);

  Slot with(Container placed) {
    return new Slot(Math.max(generation, placed.generation()), placed.node(), false, placed.data());
  }

  Slot withOwed(boolean owed) {
    return new Slot(generation, last, owed, data);
  }

  Slot elsewhere(boolean owed) {
    return new Slot(generation, null, owed, data);
  }
}
