package dev.slipway.model.container;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.model.Uuids;
import dev.slipway.model.service.ServiceId;

/** The uuid of a container: derived, so that deciding twice names the same container twice. */
public record ContainerId(@JsonValue String value) implements Comparable<ContainerId> {

  @JsonCreator
  public ContainerId {}

  /**
   * @param slot the number in the container's name, from 1
   * @param generation how many containers have filled the slot, this one included
   */
  public static ContainerId of(ServiceId service, int slot, int generation) {
    return new ContainerId(Uuids.derived("%s/%d/%d".formatted(service, slot, generation)));
  }

  @Override
  public int compareTo(ContainerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
