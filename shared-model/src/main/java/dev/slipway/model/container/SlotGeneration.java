package dev.slipway.model.container;

import dev.slipway.model.service.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * The place of a container in its service.
 *
 * @param slot the number in the container's name, from 1
 * @param generation how many containers have filled the slot, this one included
 * @param data the generation that began with empty volumes, null if they are the slot's first
 */
public record SlotGeneration(int slot, int generation, @Nullable Integer data) {

  /** Whether a service's container in this place has the uuid. */
  public boolean isOf(ServiceId service, ContainerId container) {
    return slot > 0
        && generation > 0
        && ContainerId.of(service, slot, generation).equals(container);
  }
}
