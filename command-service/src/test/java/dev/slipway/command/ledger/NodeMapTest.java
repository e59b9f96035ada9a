package dev.slipway.command.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.ledger.NodeMap.Placed;
import dev.slipway.command.scheduling.HostPort;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeEvent.NodeDrainBegun;
import dev.slipway.model.node.NodeEvent.NodeTerminated;
import dev.slipway.model.node.NodeEvent.NodeUndrained;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeMapTest {

  private static final Namespace ADMIN = new Namespace("admin");
  private static final ServiceId WEB = new ServiceId("web");
  private static final ContainerId FIRST = new ContainerId("c1");
  private static final NodeFacts FACTS =
      new NodeFacts("a", List.of("ssd"), "10.0.0.1", "20", new Capacity(2, 1, 1), false);
  private static final HostPort HTTP = new HostPort(Protocol.TCP, 80);

  private static LedgerNode node(String id) {
    return new LedgerNode(new NodeId(id), ADMIN, true, FACTS, List.of(), false);
  }

  private static Placed placed(String node) {
    return new Placed(WEB, 1, new NodeId(node), List.of(new PublishedPort(Protocol.TCP, 8080, 80)));
  }

  @Test
  void countsContainersAndTheirPorts() {
    var map = new NodeMap(List.of(node("a"), node("b")), Map.of());
    map.place(FIRST, placed("a"));
    map.place(FIRST, placed("a"));
    var a = map.of(ADMIN).get(new NodeId("a"));
    assertThat(a.total()).isEqualTo(1);
    assertThat(a.taken()).containsExactly(HTTP);
    assertThat(map.whereabouts(WEB)).isEqualTo(Map.of(1, Set.of(new NodeId("a"))));
    map.remove(FIRST);
    map.remove(FIRST);
    assertThat(map.of(ADMIN))
        .isEqualTo(new NodeMap(List.of(node("a"), node("b")), Map.of()).of(ADMIN));
    assertThat(map.whereabouts(WEB)).isEmpty();
  }

  @Test
  void isTheSameWhetherReadOrFollowed() {
    var followed = new NodeMap(List.of(node("a")), Map.of());
    followed.place(FIRST, placed("a"));
    var read = new NodeMap(List.of(node("a")), Map.of(FIRST, placed("a")));
    assertThat(followed.of(ADMIN)).isEqualTo(read.of(ADMIN));
  }

  @Test
  void knowsWhatUsersDecideOfANode() {
    var map = new NodeMap(List.of(node("a")), Map.of(FIRST, placed("a")));
    var a = new NodeId("a");
    map.apply(new NodeUpdated(a, null, List.of("prod")));
    map.apply(new NodeDrainBegun(a, new ActionId("x"), Instant.EPOCH));
    assertThat(map.of(ADMIN).get(a).tags()).containsExactlyInAnyOrder("prod", "ssd");
    assertThat(map.of(ADMIN).get(a).draining()).isTrue();
    assertThat(map.of(ADMIN).get(a).total()).isEqualTo(1);
    map.apply(new NodeUndrained(a));
    assertThat(map.of(ADMIN).get(a).draining()).isFalse();
    map.apply(new NodeTerminated(a));
    assertThat(map.of(ADMIN)).isEmpty();
    assertThat(map.of(new Namespace("other"))).isEmpty();
  }

  /** The bound is generous: counting 100,000 containers each time takes a hundred times longer. */
  @Test
  void costsTheSameHoweverManyContainersThereAre() {
    long few = nanosForACommand(1_000);
    long many = nanosForACommand(100_000);
    assertThat(many).isLessThan(few * 10 + 2_000_000);
  }

  /** The shortest of many, which noise of the machine does not lengthen. */
  private static long nanosForACommand(int containers) {
    var nodes = IntStream.range(0, 1_000).mapToObj(i -> node("node-" + i)).toList();
    var placed = new HashMap<ContainerId, Placed>();
    for (int i = 0; i < containers; i++) {
      placed.put(
          new ContainerId("c" + i),
          new Placed(
              new ServiceId("s" + i % 5_000), 1, new NodeId("node-" + i % 1_000), List.of()));
    }
    var map = new NodeMap(nodes, placed);
    var times = new ArrayList<Long>();
    for (int i = 0; i < 200; i++) {
      long begun = System.nanoTime();
      assertThat(map.of(ADMIN)).hasSize(1_000);
      map.place(FIRST, placed("node-1"));
      map.remove(FIRST);
      times.add(System.nanoTime() - begun);
    }
    return times.stream().min(Long::compare).orElseThrow();
  }
}
