package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.Image;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.SourceMissing;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.ServiceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 6 and 8: whatever a container waits for is reported, and so is each refusal. */
class WaitingReasonsTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");

  private final List<ContainerReport> reports = new CopyOnWriteArrayList<>();
  private final CountDownLatch goOn = new CountDownLatch(1);
  @TempDir Path folder;

  @AfterEach
  void letGoOn() {
    goOn.countDown();
  }

  private ReconcileLoop agent(Engine engine) {
    var logs = new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var clock = InstantSource.system();
    var work =
        new ContainerWork(
            NODE,
            engine,
            new Images(engine, PullPolicy.MISSING, clock),
            reports::add,
            folder,
            logs,
            new Pace(1, Duration.ZERO),
            clock);
    return new ReconcileLoop(NODE, engine, new Assignments(), work, logs, Duration.ZERO, clock);
  }

  private static Assignment wanted(int slot) {
    return Samples.assignment(NODE, WEB, slot, Wanted.RUNNING, 1);
  }

  private void awaitGoOn() {
    try {
      goOn.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireWaiting(Engine engine, String reason, Assignment... assignments) {
    try (var agent = agent(engine)) {
      agent.assignAll(List.of(assignments));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(reports)
                      .filteredOn(Waiting.class::isInstance)
                      .extracting(report -> ((Waiting) report).reason())
                      .contains(reason));
      goOn.countDown();
    }
  }

  private void requireFailed(Engine engine, String reason) {
    try (var agent = agent(engine)) {
      agent.assignAll(List.of(wanted(1)));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(reports)
                      .last()
                      .isInstanceOfSatisfying(
                          Failed.class, failed -> assertThat(failed.reason()).isEqualTo(reason)));
      assertThat(engine.list(NODE)).isEmpty();
    }
  }

  @Test
  void aPullIsReported() {
    var engine =
        new FakeEngine() {
          @Override
          public Optional<Image> image(String name) {
            return goOn.getCount() > 0 ? Optional.empty() : super.image(name);
          }

          @Override
          public void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer) {
            awaitGoOn();
          }
        };
    requireWaiting(engine, "pulling image demo/hello:latest", wanted(1));
  }

  @Test
  void aContainerThatComesAfterOthersIsReported() {
    var engine =
        new FakeEngine() {
          @Override
          public String create(NodeId node, Assignment assignment, Image image) {
            awaitGoOn();
            return super.create(node, assignment, image);
          }
        };
    requireWaiting(
        engine,
        "the node makes 1 containers at a time (SLIPWAY_PARALLEL), and others come first",
        wanted(1),
        wanted(2));
  }

  @Test
  void aMissingSourceOfVolumesIsReported() {
    var engine =
        new FakeEngine() {
          @Override
          public String create(NodeId node, Assignment assignment, Image image) {
            throw new SourceMissing("volumes_from: data-1 is not on this node");
          }
        };
    requireWaiting(engine, "volumes_from: data-1 is not on this node", wanted(1));
  }

  @Test
  void anEngineThatDoesNotAnswerIsReported() {
    var engine =
        new FakeEngine() {
          @Override
          public String create(NodeId node, Assignment assignment, Image image) {
            throw new EngineUnavailable(new IOException("the Engine does not answer"));
          }
        };
    try (var agent = agent(engine)) {
      agent.assignAll(List.of(wanted(1)));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                agent.sweep();
                assertThat(reports)
                    .filteredOn(Waiting.class::isInstance)
                    .extracting(report -> ((Waiting) report).reason())
                    .anyMatch(reason -> reason.contains("the Engine does not answer"));
              });
    }
  }

  @Test
  void aRefusedStartIsAFailureWithTheEnginesWords() {
    var engine =
        new FakeEngine() {
          @Override
          public void start(String engineId) {
            throw new EngineRefused("network slipway.admin not found");
          }
        };
    requireFailed(engine, "network slipway.admin not found");
  }

  @Test
  void aMissingImageIsAFailureWithItsName() {
    var engine =
        new FakeEngine() {
          @Override
          public Optional<Image> image(String name) {
            return Optional.empty();
          }

          @Override
          public void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer) {
            throw new EngineRefused("pull access denied for " + image);
          }
        };
    requireFailed(engine, "pull access denied for demo/hello:latest");
  }
}
