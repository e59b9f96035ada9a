package dev.slipway.model.service;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;

/**
 * What may be left of a slot's volumes on a node that has no container of it any more.
 *
 * @param container the last of the slot that was there
 * @param generation of that container
 */
public record LeftVolumes(ContainerId container, int slot, int generation, NodeId node) {

  static LeftVolumes of(Container gone) {
    return new LeftVolumes(gone.id(), gone.slot(), gone.generation(), gone.node());
  }

  /** Whether who erases those of the other's container, and of all before it, erases these too. */
  boolean goWith(LeftVolumes other) {
    return slot == other.slot && node.equals(other.node) && generation <= other.generation;
  }
}
