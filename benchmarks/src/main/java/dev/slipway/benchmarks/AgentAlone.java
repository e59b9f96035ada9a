package dev.slipway.benchmarks;

import dev.slipway.agent.engine.DockerEngine;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.LoopWatcher;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** An agent on the Engine of this machine, told by hand what it would read from Kafka. */
final class AgentAlone implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final NodeId node = new NodeId(Uuids.random());
  private final DockerEngine engine = new DockerEngine(null, "127.0.0.1");
  private final Set<ContainerId> running = ConcurrentHashMap.newKeySet();
  private final Set<ContainerId> removed = ConcurrentHashMap.newKeySet();
  private final LogShipping logs;
  private final ReconcileLoop loop;
  private final AutoCloseable events;

  AgentAlone(Path folder, PullPolicy pull) {
    logs = new LogShipping(engine, (_, receipt) -> receipt.told(true), folder.resolve("logs"));
    var work =
        new ContainerWork(
            node,
            engine,
            new Images(engine, pull, InstantSource.system()),
            this::take,
            folder,
            logs,
            new Pace(RawEngine.PARALLEL, Duration.ZERO),
            InstantSource.system());
    loop =
        new ReconcileLoop(
            node,
            engine,
            new Assignments(),
            work,
            logs,
            Duration.ofSeconds(30),
            InstantSource.system());
    events = engine.watch(node, new LoopWatcher(loop, () -> {}));
    loop.assignmentsComplete();
  }

  private void take(ContainerReport report) {
    switch (report) {
      case Running started -> running.add(started.container());
      case Removed(_, var container, _, _, _) -> removed.add(container);
      case Failed failed -> throw new IllegalStateException(failed.reason());
      case Created _, Exited _, Waiting _ -> {}
    }
  }

  /**
   * @return milliseconds until all are reported as running
   */
  double up(int containers) throws InterruptedException {
    var service = new ServiceId(Uuids.random());
    var slots = IntStream.rangeClosed(1, containers).boxed().toList();
    var wanted = slots.stream().map(slot -> assignment(service, slot, Wanted.RUNNING, 1)).toList();
    long begin = System.nanoTime();
    wanted.forEach(loop::assign);
    await(running, wanted);
    double took = (System.nanoTime() - begin) / 1e6;
    slots.forEach(slot -> loop.assign(assignment(service, slot, Wanted.ERASED, 2)));
    await(removed, wanted);
    loop.end(wanted.stream().map(Assignment::container).toList());
    running.clear();
    removed.clear();
    return took;
  }

  private static void await(Set<ContainerId> told, List<Assignment> wanted)
      throws InterruptedException {
    var ids = wanted.stream().map(Assignment::container).toList();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!told.containsAll(ids)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("only these were told of: " + told);
      }
      Thread.sleep(1);
    }
  }

  private Assignment assignment(ServiceId service, int slot, Wanted wanted, long version) {
    var definition =
        ServiceDefinition.read(
            Map.of(
                "image",
                "demo/hello:latest",
                "name",
                "web",
                "container_ports",
                List.of(Map.of("protocol", "tcp", "inner_port", 80, "published", true))));
    return new Assignment(
        ContainerId.of(service, slot, 1),
        service,
        node,
        wanted,
        1,
        version,
        new ContainerSpec(
            new Namespace("admin"),
            "web-" + slot,
            slot,
            1,
            null,
            definition,
            List.of(new EnvironmentVariable("COLOUR", new Secret("red"))),
            null,
            List.of(),
            List.of()));
  }

  @Override
  public void close() throws Exception {
    events.close();
    loop.close();
    logs.close();
    engine.tidy(node, Duration.ZERO);
    engine.close();
  }
}
