package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Image;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.SourceMissing;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileLoopTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private final List<ContainerReport> reports = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  /** An agent as it starts; {@code grace} none, so that tests need not wait. */
  private ReconcileLoop agent(Engine engine) {
    return agent(engine, Duration.ZERO);
  }

  private ReconcileLoop agent(Engine engine, Duration grace) {
    var logs = new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var work =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.MISSING, InstantSource.system()),
            reports::add,
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            InstantSource.system());
    return new ReconcileLoop(
        NODE, engine, new Assignments(), work, logs, grace, InstantSource.system());
  }

  private static Assignment wanted(int slot, Wanted wanted, long version) {
    return Samples.assignment(NODE, WEB, slot, wanted, version);
  }

  private static LogStamp at(long position) {
    return new LogStamp("here", 1, new LogTerm(1, "a"), position);
  }

  private static AssignmentList list(LogStamp asOf, Assignment... containers) {
    return new AssignmentList(
        NODE, asOf, List.of(), Stream.of(containers).map(Assignment::container).toList());
  }

  private static boolean runs(Engine engine, Assignment assignment) {
    return engine.list(NODE).stream()
        .anyMatch(
            found ->
                found.labels().container().equals(assignment.container())
                    && found.state() == Found.State.RUNNING);
  }

  @Test
  void doesNothingBeforeItKnowsAll() {
    var engine = new FakeEngine();
    engine.start(engine.create(NODE, wanted(7, Wanted.RUNNING, 1).with(at(1))));
    try (var agent = agent(engine)) {
      agent.assign(wanted(1, Wanted.RUNNING, 1));
      agent.sweep();
      assertThat(engine.list(NODE)).hasSize(1);
      agent.accept(list(at(1)));
      agent.assignmentsComplete();
      await().until(() -> runs(engine, wanted(1, Wanted.RUNNING, 1)));
      await().untilAsserted(() -> assertThat(engine.list(NODE)).hasSize(1));
    }
  }

  @Test
  void makesNothingAgainThatIsNoLongerWantedWhenAllIsReadOnceMore() {
    var engine = new FakeEngine();
    try (var agent = agent(engine)) {
      var stays = wanted(1, Wanted.RUNNING, 1).with(at(1));
      var goes = wanted(2, Wanted.RUNNING, 1).with(at(1));
      agent.assignAll(List.of(stays, goes));
      await().until(() -> runs(engine, stays) && runs(engine, goes));
      agent.accept(list(at(2), stays));
      agent.assignAll(List.of(stays));
      await()
          .untilAsserted(
              () -> {
                agent.sweep(); // what nobody wants goes at the next look after the grace
                assertThat(engine.list(NODE)).hasSize(1);
              });
      assertThat(runs(engine, stays)).isTrue();
    }
  }

  /** An Engine that remembers which containers it was asked to stop. */
  private static final class Stopping extends FakeEngine {
    final List<String> stopped = new CopyOnWriteArrayList<>();

    @Override
    public void stop(String engineId, Duration patience) {
      stopped.add(engineId);
      super.stop(engineId, patience);
    }
  }

  @Test
  void endsAtOnceWhatWasWantedHereAndIsNoMore() {
    var engine = new Stopping();
    try (var agent = agent(engine, Duration.ofHours(1))) {
      agent.assignmentsComplete();
      var goes = wanted(1, Wanted.RUNNING, 1);
      agent.assign(goes);
      await().until(() -> runs(engine, goes));
      var engineId = engine.list(NODE).getFirst().engineId();
      agent.end(List.of(goes.container()));
      await().untilAsserted(() -> assertThat(engine.list(NODE)).isEmpty());
      assertThat(engine.stopped).containsExactly(engineId);
      agent.assign(goes);
      await().until(() -> runs(engine, goes));
    }
  }

  @Test
  void letsWhatNobodyKnowsEndByItselfToo() {
    var engine = new Stopping();
    var unknown = engine.create(NODE, wanted(7, Wanted.RUNNING, 1).with(at(1)));
    engine.start(unknown);
    try (var agent = agent(engine)) {
      agent.accept(list(at(1)));
      agent.assignmentsComplete();
      await().untilAsserted(() -> assertThat(engine.list(NODE)).isEmpty());
      assertThat(engine.stopped).contains(unknown);
    }
  }

  @Test
  void triesAgainToEndWhatIsNoMoreWantedWhenTheEngineIsBack() {
    var away = new AtomicBoolean();
    var engine =
        new FakeEngine() {
          @Override
          public Optional<Found> find(NodeId node, ContainerId container) {
            if (away.get()) {
              throw new EngineUnavailable(new IOException("no Engine"));
            }
            return super.find(node, container);
          }
        };
    try (var agent = agent(engine, Duration.ofHours(1))) {
      agent.assignmentsComplete();
      var goes = wanted(1, Wanted.RUNNING, 1);
      agent.assign(goes);
      await().until(() -> runs(engine, goes));
      away.set(true);
      agent.end(List.of(goes.container()));
      away.set(false);
      agent.sweep();
      await().untilAsserted(() -> assertThat(engine.list(NODE)).isEmpty());
    }
  }

  @Test
  void reportsWhatTheEngineRefusesAndLeavesNothingOfIt() {
    var engine =
        new FakeEngine() {
          @Override
          public void start(String engineId) {
            throw new EngineRefused("port is already allocated");
          }
        };
    try (var agent = agent(engine)) {
      agent.assignmentsComplete();
      agent.assign(wanted(1, Wanted.RUNNING, 1));
      await()
          .untilAsserted(
              () ->
                  assertThat(reports)
                      .hasSize(2)
                      .last()
                      .isInstanceOfSatisfying(
                          Failed.class,
                          failed ->
                              assertThat(failed.reason()).isEqualTo("port is already allocated")));
      assertThat(engine.list(NODE)).isEmpty();
      agent.sweep();
      assertThat(reports).hasSize(2);
    }
  }

  @Test
  void waitsForAnEngineThatDoesNotAnswer() {
    var answers = new AtomicBoolean();
    var engine =
        new FakeEngine() {
          @Override
          public void start(String engineId) {
            if (!answers.get()) {
              throw new EngineUnavailable(new IOException("refused"));
            }
            super.start(engineId);
          }
        };
    try (var agent = agent(engine)) {
      agent.assignmentsComplete();
      agent.assign(wanted(1, Wanted.RUNNING, 1));
      await().until(() -> !engine.list(NODE).isEmpty());
      assertThat(reports).allMatch(Created.class::isInstance);
      answers.set(true);
      agent.sweep();
      await().until(() -> reports.stream().anyMatch(Running.class::isInstance));
      assertThat(engine.list(NODE)).hasSize(1);
    }
  }

  @Test
  void takesOverWhatAKilledAgentBegan() {
    var engine = new FakeEngine();
    engine.create(NODE, wanted(1, Wanted.RUNNING, 1));
    engine.start(engine.create(NODE, wanted(2, Wanted.RUNNING, 1)));
    try (var agent = agent(engine)) {
      for (int slot = 1; slot <= 3; slot++) {
        agent.assign(wanted(slot, Wanted.RUNNING, 1));
      }
      agent.assignmentsComplete();
      await()
          .untilAsserted(
              () ->
                  assertThat(reports)
                      .filteredOn(Running.class::isInstance)
                      .extracting(ContainerReport::container)
                      .hasSize(3)
                      .doesNotHaveDuplicates());
      assertThat(engine.list(NODE)).hasSize(3);
      assertThat(reports)
          .as("the one that ran already was not made")
          .filteredOn(Created.class::isInstance)
          .hasSize(2);
    }
  }

  @Test
  void takesVolumesAlongOnlyWithWhatIsErased() {
    var erased = new CopyOnWriteArrayList<ContainerId>();
    var engine =
        new FakeEngine() {
          @Override
          public boolean eraseVolumes(Assignment assignment) {
            assertThat(list(NODE))
                .extracting(found -> found.labels().container())
                .doesNotContain(assignment.container());
            erased.add(assignment.container());
            return true;
          }
        };
    try (var agent = agent(engine)) {
      agent.assignmentsComplete();
      for (int slot = 1; slot <= 2; slot++) {
        agent.assign(wanted(slot, Wanted.RUNNING, 1));
      }
      await().until(() -> engine.list(NODE).size() == 2);
      agent.assign(wanted(1, Wanted.REMOVED, 2));
      agent.assign(wanted(2, Wanted.ERASED, 2));
      await()
          .untilAsserted(
              () ->
                  assertThat(reports)
                      .filteredOn(Removed.class::isInstance)
                      .extracting(ContainerReport::container)
                      .contains(ContainerId.of(WEB, 1, 1), ContainerId.of(WEB, 2, 1)));
      assertThat(erased).containsOnly(ContainerId.of(WEB, 2, 1));
      assertThat(reports)
          .filteredOn(Removed.class::isInstance)
          .allSatisfy(
              report ->
                  assertThat(((Removed) report).erased())
                      .isEqualTo(erased.contains(report.container())));
    }
  }

  @Test
  void erasesWhatAContainerLeftLongAgoAgainUntilNothingOfItIsLeft() {
    var usedBySomebody = new AtomicBoolean(true);
    var engine =
        new FakeEngine() {
          @Override
          public boolean eraseVolumes(Assignment assignment) {
            return !usedBySomebody.get();
          }
        };
    try (var agent = agent(engine)) {
      agent.assign(wanted(1, Wanted.ERASED, 9));
      agent.assignmentsComplete();
      await().until(() -> !reports.isEmpty());
      assertThat(((Removed) reports.getFirst()).erased()).isFalse();
      usedBySomebody.set(false);
      agent.sweep();
      await().untilAsserted(() -> assertThat(((Removed) reports.getLast()).erased()).isTrue());
      assertThat(engine.list(NODE)).isEmpty();
    }
  }

  /** A new container costs three calls: two of them are the Engine's own work. */
  @Test
  void asksTheEngineNoMoreThanItMust() {
    var asked = new CopyOnWriteArrayList<String>();
    var engine = new CountingEngine(asked);
    try (var agent = agent(engine);
        var _ = engine.watch(NODE, new LoopWatcher(agent, () -> {}))) {
      agent.assignmentsComplete();
      agent.assign(wanted(1, Wanted.RUNNING, 1));
      await().until(() -> asked.contains("logs"));
      assertThat(asked).containsExactly("image", "create", "start", "find", "logs");
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static final class CountingEngine extends FakeEngine {
    private final List<String> asked;

    CountingEngine(List<String> asked) {
      this.asked = asked;
    }

    @Override
    public Optional<Image> image(String name) {
      asked.add("image");
      return super.image(name);
    }

    @Override
    public String create(NodeId node, Assignment assignment, Image image) {
      asked.add("create");
      return super.create(node, assignment, image);
    }

    @Override
    public void start(String engineId) {
      asked.add("start");
      super.start(engineId);
    }

    @Override
    public Optional<Found> find(NodeId node, ContainerId container) {
      asked.add("find");
      return super.find(node, container);
    }

    @Override
    public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
      asked.add("logs");
      return super.logs(engineId, since, follow, sink);
    }
  }

  @Test
  void goesOnWithAContainerThatWasMadeWithoutItsKnowing() {
    var engine = new FakeEngine();
    try (var agent = agent(engine)) {
      agent.assignmentsComplete();
      engine.create(NODE, wanted(1, Wanted.RUNNING, 1));
      agent.assign(wanted(1, Wanted.RUNNING, 1));
      await().until(() -> runs(engine, wanted(1, Wanted.RUNNING, 1)));
      assertThat(engine.list(NODE)).hasSize(1);
      assertThat(reports).noneMatch(Failed.class::isInstance);
    }
  }

  @Test
  void reportsARemovalOfWhatIsNotThere() {
    try (var agent = agent(new FakeEngine())) {
      agent.assignmentsComplete();
      agent.assign(wanted(1, Wanted.REMOVED, 1));
      await().until(() -> reports.stream().anyMatch(Removed.class::isInstance));
    }
  }

  /** Any wishes in any order and with failures between: in the end the newest wish is met. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void meetsTheNewestWish(long seed) {
    var random = new Random(seed);
    var faults = new AtomicBoolean(true);
    var engine = new FlakyEngine(new Random(seed), faults);
    var newest = new java.util.HashMap<ContainerId, Assignment>();
    try (var agent = agent(engine)) {
      agent.assignmentsComplete();
      for (long version = 1; version <= 60; version++) {
        int slot = 1 + random.nextInt(5);
        var wanted = Wanted.values()[random.nextInt(Wanted.values().length)];
        var assignment = next(newest, wanted(slot, wanted, version));
        newest.put(assignment.container(), assignment);
        agent.assign(assignment);
      }
      faults.set(false);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                agent.sweep();
                newest.values().forEach(assignment -> checkMet(engine, assignment));
              });
    }
  }

  /** A container that is wanted to run again was asked to start once more. */
  private static Assignment next(Map<ContainerId, Assignment> before, Assignment wish) {
    var last = before.get(wish.container());
    if (last == null) {
      return wish;
    }
    boolean again = wish.wanted() == Wanted.RUNNING && last.wanted() != Wanted.RUNNING;
    return new Assignment(
        wish.container(),
        wish.service(),
        wish.node(),
        wish.wanted(),
        again ? last.starts() + 1 : last.starts(),
        wish.version(),
        wish.spec());
  }

  private static void checkMet(Engine engine, Assignment assignment) {
    boolean there =
        engine.list(NODE).stream()
            .anyMatch(found -> found.labels().container().equals(assignment.container()));
    switch (assignment.wanted()) {
      case RUNNING -> assertThat(runs(engine, assignment)).isTrue();
      case STOPPED -> assertThat(runs(engine, assignment)).isFalse();
      case REMOVED, ERASED -> assertThat(there).isFalse();
    }
  }

  /** Fails every third call, before or after the deed, for as long as there are to be faults. */
  private static final class FlakyEngine extends FakeEngine {
    private final Random random;
    private final AtomicBoolean faults;

    FlakyEngine(Random random, AtomicBoolean faults) {
      this.random = random;
      this.faults = faults;
    }

    private synchronized void fault() {
      if (faults.get() && random.nextInt(3) == 0) {
        throw new EngineUnavailable(new IOException("the connection broke"));
      }
    }

    @Override
    public String create(NodeId node, Assignment assignment, Image image) {
      fault();
      var id = super.create(node, assignment, image);
      fault();
      return id;
    }

    @Override
    public void start(String engineId) {
      fault();
      super.start(engineId);
      fault();
    }

    @Override
    public void remove(String engineId) {
      fault();
      super.remove(engineId);
      fault();
    }
  }

  @Test
  void waitsForTheContainerWhoseVolumesAreShared() {
    var there = new AtomicBoolean();
    var engine =
        new FakeEngine() {
          @Override
          public String create(NodeId node, Assignment assignment, Image image) {
            if (there.getAndSet(true)) {
              return super.create(node, assignment, image);
            }
            throw new SourceMissing("volumes_from: there is none yet");
          }
        };
    try (var agent = agent(engine)) {
      agent.assignAll(List.of(wanted(1, Wanted.RUNNING, 1)));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> runs(engine, wanted(1, Wanted.RUNNING, 1)));
      assertThat(reports).hasOnlyElementsOfTypes(Created.class, Running.class);
    }
  }
}
