package dev.slipway.command.node;

import dev.slipway.http.Directory;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.KeyHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which namespace a node that is new comes into.
 *
 * @param own that of nodes which bring no token
 * @param open whether such nodes are let in at all
 */
public record NodeAdmission(Directory directory, Namespace own, boolean open) {

  /** Empty if the node is not let in: its token is unknown or has expired, or it has none. */
  public Optional<Namespace> admit(@Nullable KeyHash token, Instant now) {
    if (token != null) {
      return directory.namespaceOfNodes(token, now);
    }
    return open ? Optional.of(own) : Optional.empty();
  }
}
