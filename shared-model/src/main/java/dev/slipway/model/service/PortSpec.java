package dev.slipway.model.service;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A port of a service's containers.
 *
 * @param outerPort the fixed port on the node, null for one that the Engine picks or for none
 * @param published false: reached through links only
 */
public record PortSpec(
    Protocol protocol, int innerPort, @Nullable Integer outerPort, boolean published) {

  /** The transport, in lower case on the wire of the API. */
  public enum Protocol {
    TCP,
    UDP;

    /** As the API and the Engine write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
