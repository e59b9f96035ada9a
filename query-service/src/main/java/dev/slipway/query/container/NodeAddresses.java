package dev.slipway.query.container;

import dev.slipway.model.node.NodeId;
import java.util.Collection;
import java.util.Map;

/** Where the ports that nodes publish are reached. */
public interface NodeAddresses {

  /** Those of these nodes that are known. */
  Map<NodeId, String> addresses(Collection<NodeId> nodes);
}
