package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.scheduling.Candidate;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.scheduling.Placement;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeedsTest {

  private static final String SOURCE = "5e0c7d7e-0000-4000-8000-0000000000db";

  private static Candidate node(NodeId id, int total) {
    return new Candidate(
        id, id.value(), "192.0.2.1", true, false, Set.of(), Set.of(), Map.of(), total);
  }

  /** Where the slot goes if the source's containers are there; node A is the emptier one. */
  private static Placement placed(int slot, Map<Integer, Set<NodeId>> source) {
    var service = Given.created(3, "bindings", List.of(Map.of("volumes_from", SOURCE))).service();
    var cluster =
        new Cluster(
            Map.of(NODE_A, node(NODE_A, 0), NODE_B, node(NODE_B, 9)),
            id -> id.value().equals(SOURCE) ? source : Map.of());
    return cluster.place(
        Needs.of(slot, service, cluster, List.of()), DeploymentStrategy.EMPTIEST_NODE);
  }

  @Test
  void volumesOfAnotherServiceBringAContainerBesideTheOneOfItsNumber() {
    var source = Map.of(1, Set.of(NODE_A), 2, Set.of(NODE_B));
    assertThat(placed(1, source)).isEqualTo(new Placement.On(NODE_A));
    assertThat(placed(2, source)).isEqualTo(new Placement.On(NODE_B));
  }

  @Test
  void aContainerWhoseNumberTheSourceLacksGoesWhereTheSourceHasAny() {
    assertThat(placed(3, Map.of(1, Set.of(NODE_B)))).isEqualTo(new Placement.On(NODE_B));
  }

  @Test
  void noNodeDoesWhereTheSourceHasNone() {
    assertThat(placed(1, Map.of())).isInstanceOf(Placement.Nowhere.class);
  }
}
