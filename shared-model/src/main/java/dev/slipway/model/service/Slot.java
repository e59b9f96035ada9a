package dev.slipway.model.service;

import dev.slipway.model.node.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a slot for as long as its service lives.
 *
 * @param generation of the last container placed in it, 0 before the first
 * @param last the node of that container, null if there was none or the service no longer has
 *     anything there
 * @param owed whether it has no container for want of a node
 */
public record Slot(int generation, @Nullable NodeId last, boolean owed) {

  static final Slot UNUSED = new Slot(0, null, false);

  Slot with(int generation, NodeId node) {
    return new Slot(Math.max(this.generation, generation), node, false);
  }

  Slot withOwed(boolean owed) {
    return new Slot(generation, last, owed);
  }

  Slot elsewhere(boolean owed) {
    return new Slot(generation, null, owed);
  }
}
