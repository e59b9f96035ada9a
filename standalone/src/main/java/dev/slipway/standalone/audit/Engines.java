package dev.slipway.standalone.audit;

import dev.slipway.model.node.NodeId;
import java.util.Collection;
import java.util.List;

/** The Engines that an audit looks at. */
public interface Engines {

  /** No Engine is looked at. */
  Engines NONE = all(List.of());

  /** Asked only if one of the nodes has a real Engine. */
  Collection<? extends EngineContents> readings();

  /** Whether the Engine of the node is among them. */
  boolean include(NodeId node);

  /** These are the Engines of all nodes. */
  static Engines all(Collection<? extends EngineContents> readings) {
    return new Engines() {
      @Override
      public Collection<? extends EngineContents> readings() {
        return List.copyOf(readings);
      }

      @Override
      public boolean include(NodeId node) {
        return !readings.isEmpty();
      }
    };
  }
}
