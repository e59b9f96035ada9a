package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.model.Uuids;
import dev.slipway.model.node.NodeId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NodeLockTest {

  private final NodeId node = new NodeId(Uuids.random());

  @Test
  void refusesASecondAgentOfANodeAndSaysWhatToDo() throws Exception {
    try (var first = NodeLock.take(node, Path.of("original"))) {
      assertThat(first.node()).isEqualTo(node);
      assertThatIllegalStateException()
          .isThrownBy(() -> NodeLock.take(node, Path.of("copy")))
          .withMessageContaining("another agent on this machine runs as node " + node)
          .withMessageContaining("copy/node-id");
    }
    NodeLock.take(node, Path.of("copy")).close();
  }
}
