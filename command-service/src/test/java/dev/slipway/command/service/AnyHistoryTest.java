package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.LeftVolumes;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever users ask and nodes report, late, twice and out of order: what must always hold does,
 * and once everybody is quiet the service comes to rest. A failure names its history; {@code
 * -Dhistory.seed=…} plays that history in every try.
 */
class AnyHistoryTest {

  private static final int STEPS = 60;

  @Property(tries = 1_000)
  void keepsItsPromises(@ForAll long any, @ForAll DeployOrder order) {
    long seed = Long.getLong("history.seed", any);
    try {
      var history = new History(new Random(seed), order);
      for (int step = 0; step < STEPS; step++) {
        history.step();
        history.checkEveryMoment();
      }
      history.settle();
      history.checkAtRest();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError("history.seed=%d with %s".formatted(seed, order), broken);
    }
  }

  private static final class History {

    private final Random random;
    private final List<ContainerReport> underway = new ArrayList<>();
    private final Map<String, Integer> lastGeneration = new HashMap<>();
    private final int mostInASlot;
    private Given given;

    History(Random random, DeployOrder order) {
      this.random = random;
      mostInASlot = order == DeployOrder.START_FIRST ? 2 : 1;
      given = Given.created(2, "deploy_order", order.text());
    }

    void step() {
      if (random.nextInt(4) == 0) {
        ask();
      } else if (random.nextBoolean()) {
        observe();
      } else {
        deliver();
      }
    }

    private void ask() {
      var command = wish();
      try {
        given = given.after(command);
      } catch (CommandRejected rejected) {
        assertThat(rejected).hasMessageContaining("Expected to");
      }
    }

    private ServiceCommand wish() {
      return switch (random.nextInt(13)) {
        case 0, 1, 2 -> Given.start();
        case 3, 4 -> Given.stop();
        case 5 -> Given.redeploy();
        case 6 -> Given.update("memory", 6 + random.nextInt(100));
        case 7 -> random.nextInt(5) == 0 ? Given.terminate() : Given.scale();
        case 8, 9 -> Given.scale();
        case 10 -> Given.cancel();
        default -> Given.update("target_num_containers", random.nextInt(5));
      };
    }

    /** A node does something of what is wanted, or something happens there by itself. */
    private void observe() {
      var containers = given.service().fleet().containers();
      if (containers.isEmpty()) {
        return;
      }
      var container = containers.get(random.nextInt(containers.size()));
      underway.add(
          switch (random.nextInt(10)) {
            case 0 -> Given.failed(container, "something broke");
            case 1 -> Given.exited(container, random.nextInt(2));
            default -> whatIsWanted(container);
          });
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
      if (underway.isEmpty()) {
        return;
      }
      int any = random.nextInt(underway.size());
      var report = random.nextInt(3) == 0 ? underway.get(any) : underway.remove(any);
      given = given.after(Given.report(report));
    }

    void checkEveryMoment() {
      var fleet = given.service().fleet();
      for (var container : fleet.containers()) {
        assertThat(fleet.in(container.slot())).hasSizeLessThanOrEqualTo(mostInASlot);
        int generation = fleet.slot(container.slot()).generation();
        assertThat(generation)
            .isGreaterThanOrEqualTo(lastGeneration.getOrDefault("" + container.slot(), 0));
        lastGeneration.put("" + container.slot(), generation);
        assertThat(container.generation()).isBetween(mostInASlot == 1 ? generation : 1, generation);
        assertThat(container.phase()).isNotEqualTo(ContainerPhase.TERMINATED);
      }
      assertThat(fleet.left())
          .extracting(LeftVolumes::slot, LeftVolumes::node)
          .doesNotHaveDuplicates();
      if (given.service().terminated()) {
        assertThat(fleet.containers()).isEmpty();
      }
    }

    /** Nobody asks any more, and every node does what is wanted. */
    void settle() {
      for (int round = 0; round < 50 && isBusy(given.service()); round++) {
        for (var container : given.service().fleet().containers()) {
          given = given.after(Given.report(whatIsWanted(container)));
        }
      }
    }

    private static boolean isBusy(Service service) {
      return service.operation() != null
          || hasTwoInASlot(service)
          || service.fleet().containers().stream().anyMatch(History::isOnItsWay);
    }

    /** A canceled operation leaves such behind. */
    private static boolean isOnItsWay(Container container) {
      return container.is(ContainerPhase.STOPPING) || container.is(ContainerPhase.TERMINATING);
    }

    private static boolean hasTwoInASlot(Service service) {
      var containers = service.fleet().containers();
      return containers.stream().map(Container::slot).distinct().count() < containers.size();
    }

    void checkAtRest() {
      var service = given.service();
      assertThat(service.operation()).as("an operation that never ends").isNull();
      assertThat(hasTwoInASlot(service)).as("two containers in one slot").isFalse();
      assertThat(service.fleet().containers())
          .extracting(Container::phase)
          .isSubsetOf(ContainerPhase.RUNNING, ContainerPhase.STOPPED, ContainerPhase.STARTING);
    }
  }
}
