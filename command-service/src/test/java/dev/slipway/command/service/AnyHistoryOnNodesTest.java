package dev.slipway.command.service;

import static dev.slipway.command.service.Given.NODE_A;
import static dev.slipway.command.service.Given.NODE_B;
import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.FollowNodes;
import dev.slipway.model.service.ServiceCommand.GiveUpNode;
import dev.slipway.model.service.ServiceCommand.LeaveNode;
import dev.slipway.model.service.ServiceCommand.OperateContainer;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerLost;
import dev.slipway.model.service.ServiceEvent.ContainerOperationBegun;
import dev.slipway.model.service.ServiceEvent.ContainerWithdrawn;
import dev.slipway.model.service.ServiceEvent.OperationQueued;
import dev.slipway.model.service.ServiceEvent.RedeployRolledBack;
import dev.slipway.model.service.Trigger.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The same while nodes are drained, lost and come back, triggers are called, single containers are
 * worked on, and redeploys roll back. At rest a drained node is empty. {@code -Dhistory.seed=…}
 * plays one history in every try.
 */
class AnyHistoryOnNodesTest {

  private static final int STEPS = 80;
  private static final Set<Class<?>> SEEN = new HashSet<>();

  @Property(tries = 500, seed = "20")
  void keepsItsPromises(@ForAll long any) {
    long seed = Long.getLong("history.seed", any);
    try {
      var history = new History(new Random(seed));
      for (int step = 0; step < STEPS; step++) {
        history.step();
        history.checkEveryMoment();
      }
      history.settle();
      history.checkAtRest();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("history.seed=" + seed, broken);
    }
  }

  @AfterContainer
  static void historiesHaveWhatTheyAreFor() {
    if (Long.getLong("history.seed") != null) {
      return;
    }
    assertThat(SEEN)
        .contains(
            ContainerWithdrawn.class,
            ContainerLost.class,
            ContainerOperationBegun.class,
            OperationQueued.class,
            RedeployRolledBack.class);
  }

  private static final class History {

    private final Random random;
    private final List<ContainerReport> underway = new ArrayList<>();
    private final Map<Integer, Integer> lastGeneration = new HashMap<>();
    private Given given;
    private int calls;
    private int actions;

    History(Random random) {
      this.random = random;
      given =
          Given.created(
                  2,
                  "deploy_order",
                  random.nextBoolean() ? "start_first" : "stop_first",
                  "deploy_rollback",
                  random.nextInt(3) != 0,
                  "deploy_batch",
                  1 + random.nextInt(2),
                  "sequential_deployment",
                  random.nextInt(4) == 0)
              .after(Given.trigger(random.nextBoolean() ? Effect.SCALEUP : Effect.REDEPLOY));
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> take(asked());
        case 3 -> changeNodes();
        case 4, 5, 6 -> observe();
        default -> deliver();
      }
    }

    private void take(ServiceCommand command) {
      try {
        var events = given.when(command);
        events.stream().<Class<?>>map(ServiceEvent::getClass).forEach(SEEN::add);
        given = given.after(command);
      } catch (CommandRejected rejected) {
        assertThat(rejected).hasMessageContaining("Expected to");
      }
    }

    private ServiceCommand asked() {
      var kinds = OperationKind.values();
      return switch (random.nextInt(14)) {
        case 0, 1 -> Given.start();
        case 2 -> Given.stop();
        case 3, 4 -> random.nextBoolean() ? Given.redeploy() : Given.redeployWithEmptyVolumes();
        case 5 -> Given.update("memory", 6 + random.nextInt(100));
        case 6 -> random.nextInt(8) == 0 ? Given.terminate() : Given.scale();
        case 7 -> Given.update("target_num_containers", random.nextInt(4));
        case 8 -> random.nextBoolean() ? Given.cancel() : expired();
        case 9, 10 -> Given.call(calls++ % 10, random.nextInt(2));
        default ->
            underItsOwnAction(
                given.operate(kinds[random.nextInt(kinds.length)], 1 + random.nextInt(3)));
      };
    }

    private ServiceCommand underItsOwnAction(OperateContainer one) {
      var action = new ActionId("ac000000-0000-4000-8000-%012d".formatted(1000 + actions++));
      return new OperateContainer(
          WEB,
          new Asked(action, one.asked().request()),
          one.kind(),
          one.container(),
          one.deadline(),
          one.reuseVolumes());
    }

    /** The deadline of the work on one container has passed, or that of the operation. */
    private ServiceCommand expired() {
      return given.service().activity().ofContainers().stream()
          .findFirst()
          .map(one -> new ExpireOperation(WEB, one.id()))
          .orElse(new ExpireOperation(WEB, Given.asked().action()));
    }

    /** A node is drained, lost, silent or well again; the service hears of it sooner or later. */
    private void changeNodes() {
      var node = random.nextBoolean() ? NODE_A : NODE_B;
      switch (random.nextInt(8)) {
        case 0 -> given = given.withNode(node, true, true, "ssd");
        case 1 -> given = given.withNode(node, false, false, "ssd");
        case 2 -> given = given.withoutNode(node);
        case 3 -> take(new GiveUpNode(WEB, node, "it was lost", random.nextBoolean()));
        case 4 -> take(new LeaveNode(WEB, node));
        case 5 -> take(new FollowNodes(WEB));
        case 6 -> take(new RetryPlacement(WEB));
        default -> given = given.withNode(node, true, false, "ssd");
      }
    }

    private void observe() {
      var containers = given.service().fleet().containers();
      if (!containers.isEmpty()) {
        var container = containers.get(random.nextInt(containers.size()));
        underway.add(
            switch (random.nextInt(8)) {
              case 0 -> Given.failed(container, "something broke");
              case 1 -> Given.exited(container, random.nextInt(2));
              case 2 -> Given.restarts(container, 1);
              default -> whatIsWanted(container);
            });
      }
    }

    private static ContainerReport whatIsWanted(Container container) {
      return switch (container.phase().wanted()) {
        case RUNNING -> Given.runs(container);
        case STOPPED -> Given.exited(container, 0);
        case REMOVED, ERASED -> Given.removed(container);
      };
    }

    /** Any report that is under way, which may come once more later. */
    private void deliver() {
      if (!underway.isEmpty()) {
        int any = random.nextInt(underway.size());
        take(Given.report(random.nextInt(3) == 0 ? underway.get(any) : underway.remove(any)));
      }
    }

    void checkEveryMoment() {
      var service = given.service();
      var fleet = service.fleet();
      assertThat(fleet.containers()).extracting(Container::id).doesNotHaveDuplicates();
      for (var container : fleet.containers()) {
        int generation = fleet.slot(container.slot()).generation();
        assertThat(generation)
            .isGreaterThanOrEqualTo(lastGeneration.getOrDefault(container.slot(), 0));
        lastGeneration.put(container.slot(), generation);
        assertThat(container.generation()).isBetween(1, generation);
      }
      if (service.operation() != null) {
        assertThat(service.activity().ofContainers()).isEmpty();
      }
      if (service.terminated()) {
        assertThat(fleet.containers()).isEmpty();
      }
    }

    /** One node is well, the other drained; every node does what is wanted, and deadlines pass. */
    void settle() {
      given = given.withNode(NODE_A, true, false, "ssd").withNode(NODE_B, true, true, "ssd");
      for (int round = 0; round < 100 && isBusy(given.service()); round++) {
        for (var container : given.service().fleet().containers()) {
          take(Given.report(whatIsWanted(container)));
        }
        if (round > 50) {
          expireAll();
        }
        take(new RetryPlacement(WEB));
        take(new LeaveNode(WEB, NODE_B));
        take(new FollowNodes(WEB));
      }
    }

    private void expireAll() {
      var activity = given.service().activity();
      activity.ofContainers().forEach(one -> take(new ExpireOperation(WEB, one.id())));
      var operation = activity.operation();
      if (operation != null) {
        take(new ExpireOperation(WEB, operation.id()));
      }
    }

    private static boolean isBusy(Service service) {
      return !service.activity().isIdle()
          || !service.activity().queue().isEmpty()
          || hasTwoInASlot(service)
          || isOn(NODE_B, service)
          || service.fleet().containers().stream().anyMatch(History::isOnItsWay);
    }

    private static boolean isOnItsWay(Container container) {
      return !container.is(ContainerPhase.RUNNING) && !container.is(ContainerPhase.STOPPED);
    }

    private static boolean isOn(NodeId node, Service service) {
      return service.fleet().containers().stream().anyMatch(one -> one.node().equals(node));
    }

    private static boolean hasTwoInASlot(Service service) {
      var containers = service.fleet().containers();
      return containers.stream().map(Container::slot).distinct().count() < containers.size();
    }

    void checkAtRest() {
      var service = given.service();
      assertThat(service.activity().isIdle()).as("no operation is left: %s", service).isTrue();
      if (!service.terminated()) {
        assertThat(service.activity().queue()).isEmpty();
      }
      assertThat(hasTwoInASlot(service)).as("two containers in one slot").isFalse();
      assertThat(isOn(NODE_B, service)).as("a container on the drained node").isFalse();
      assertThat(service.fleet().containers())
          .extracting(Container::phase)
          .isSubsetOf(ContainerPhase.RUNNING, ContainerPhase.STOPPED);
    }
  }
}
