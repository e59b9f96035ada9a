package dev.slipway.command.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.scheduling.Need.Bond;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every placement, whatever the nodes and needs are. */
class SchedulerPropertiesTest {

  private static final List<ServiceId> SERVICES =
      List.of(new ServiceId("web"), new ServiceId("db"), new ServiceId("lb"));

  @Provide
  Arbitrary<List<Candidate>> nodes() {
    var tags = Arbitraries.of("ssd", "prod", "eu").set().ofMaxSize(3);
    var node =
        Combinators.combine(
                tags, Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 5))
            .as((carried, silent, drained) -> new Object[] {carried, silent > 0, drained == 0});
    return node.list().ofMaxSize(8).map(SchedulerPropertiesTest::numbered);
  }

  @SuppressWarnings("unchecked")
  private static List<Candidate> numbered(List<Object[]> shapes) {
    var nodes = new ArrayList<Candidate>();
    for (var shape : shapes) {
      var id = new NodeId("node-" + nodes.size());
      nodes.add(
          new Candidate(
              id,
              id.value(),
              "10.0.0.1",
              (boolean) shape[1],
              (boolean) shape[2],
              (Set<String>) shape[0],
              Set.of(),
              Map.of(),
              0));
    }
    return nodes;
  }

  @Provide
  Arbitrary<List<Need>> needs() {
    var ports =
        Arbitraries.integers()
            .between(80, 82)
            .map(port -> new HostPort(Protocol.TCP, port))
            .set()
            .ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of(SERVICES),
            Arbitraries.of("ssd", "prod", "eu").set().ofMaxSize(2),
            ports,
            Arbitraries.of(true, false))
        .as((service, tags, wanted, alone) -> new Need(service, tags, wanted, alone, List.of()))
        .list()
        .ofMaxSize(20);
  }

  private static Map<NodeId, Candidate> byId(List<Candidate> nodes) {
    return nodes.stream().collect(Collectors.toMap(Candidate::id, node -> node));
  }

  @Property
  void neverBreaksARule(
      @ForAll("nodes") List<Candidate> nodes,
      @ForAll("needs") List<Need> needs,
      @ForAll DeploymentStrategy strategy) {
    var cluster = new Cluster(byId(nodes));
    var held = new HashMap<NodeId, Set<HostPort>>();
    for (var need : needs) {
      switch (cluster.place(need, strategy)) {
        case Placement.On(var id) -> {
          var node = byId(nodes).get(id);
          assertThat(node.tags()).containsAll(need.tags());
          assertThat(node.reachable()).isTrue();
          assertThat(node.draining()).isFalse();
          var ports = held.computeIfAbsent(id, _ -> new HashSet<>());
          assertThat(Collections.disjoint(ports, need.ports())).isTrue();
          ports.addAll(need.ports());
        }
        case Placement.Nowhere nowhere ->
            assertThat(nowhere.reasons().keySet()).isEqualTo(byId(nodes).keySet());
      }
    }
  }

  @Property
  void doesNotDependOnTheOrderOfTheNodes(
      @ForAll("nodes") List<Candidate> nodes,
      @ForAll("needs") List<Need> needs,
      @ForAll DeploymentStrategy strategy,
      @ForAll long seed) {
    var shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, new Random(seed));
    for (var need : needs) {
      assertThat(Scheduler.place(need, shuffled, strategy))
          .isEqualTo(Scheduler.place(need, nodes, strategy));
    }
  }

  @Property
  void spreadsAServiceEvenlyWhereItIsToBeHighlyAvailable(@ForAll("nodes") List<Candidate> nodes) {
    var cluster = new Cluster(byId(nodes));
    var need = new Need(SERVICES.getFirst(), Set.of(), Set.of());
    var counts = new HashMap<NodeId, Integer>();
    nodes.stream()
        .filter(node -> node.reachable() && !node.draining())
        .forEach(node -> counts.put(node.id(), 0));
    for (int i = 0; i < 20; i++) {
      if (cluster.place(need, DeploymentStrategy.HIGH_AVAILABILITY)
          instanceof Placement.On(var id)) {
        counts.merge(id, 1, Integer::sum);
      }
    }
    if (!counts.isEmpty()) {
      assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
          .isLessThanOrEqualTo(1);
    }
  }

  @Property
  void putsNoTwoOfOneServiceOnANodeIfEachIsToBeAlone(@ForAll("nodes") List<Candidate> nodes) {
    var cluster = new Cluster(byId(nodes));
    var need = new Need(SERVICES.getFirst(), Set.of(), Set.of(), true, List.of());
    var used = new HashSet<NodeId>();
    for (int i = 0; i < 10; i++) {
      if (cluster.place(need, DeploymentStrategy.EVERY_NODE) instanceof Placement.On(var id)) {
        assertThat(used.add(id)).isTrue();
      }
    }
  }

  @Property
  void staysBesideWhatItIsBoundTo(
      @ForAll("nodes") List<Candidate> nodes, @ForAll DeploymentStrategy strategy) {
    var bond = new Bond("its volumes", Set.of(new NodeId("node-1")));
    var need = new Need(SERVICES.getFirst(), Set.of(), Set.of(), false, List.of(bond));
    if (Scheduler.place(need, nodes, strategy) instanceof Placement.On(var id)) {
      assertThat(id).isEqualTo(new NodeId("node-1"));
    }
  }

  /** What each strategy goes by, of the nodes that can take the container. */
  @Property
  void picksNoNodeThatIsFullerThanAnother(
      @ForAll("nodes") List<Candidate> nodes,
      @ForAll("needs") List<Need> needs,
      @ForAll DeploymentStrategy strategy) {
    var now = new HashMap<>(byId(nodes));
    for (var need : needs) {
      if (Scheduler.place(need, now.values(), strategy) instanceof Placement.On(var id)) {
        var chosen = now.get(id);
        assertThat(now.values())
            .filteredOn(node -> takes(node, need))
            .allMatch(node -> fullness(chosen, need, strategy) <= fullness(node, need, strategy));
        now.put(id, chosen.with(need));
      }
    }
  }

  private static boolean takes(Candidate node, Need need) {
    return Scheduler.place(need, List.of(node), DeploymentStrategy.EMPTIEST_NODE)
        instanceof Placement.On;
  }

  private static int fullness(Candidate node, Need need, DeploymentStrategy strategy) {
    return strategy == DeploymentStrategy.EMPTIEST_NODE
        ? node.total()
        : node.containersOf(need.service()) * 1_000 + node.total();
  }

  @Property
  void keepsToBondsAsToEverythingElse(
      @ForAll("nodes") List<Candidate> nodes,
      @ForAll("needs") List<Need> needs,
      @ForAll DeploymentStrategy strategy) {
    var home = new NodeId("node-1");
    var cluster = new Cluster(byId(nodes));
    var held = new HashSet<HostPort>();
    for (var need : needs) {
      var bound =
          new Need(
              need.service(),
              need.tags(),
              need.ports(),
              need.alone(),
              List.of(new Bond("its volumes", Set.of(home))));
      if (cluster.place(bound, strategy) instanceof Placement.On(var id)) {
        assertThat(id).isEqualTo(home);
        assertThat(byId(nodes).get(id).draining()).isFalse();
        assertThat(Collections.disjoint(held, need.ports())).isTrue();
        held.addAll(need.ports());
      }
    }
  }
}
