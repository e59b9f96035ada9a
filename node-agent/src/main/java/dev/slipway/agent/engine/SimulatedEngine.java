package dev.slipway.agent.engine;

import dev.slipway.agent.engine.Found.End;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ImageFacts;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.container.SlotGeneration;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.PortSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Containers that only seem to run: to try Slipway without an Engine, and to test at scale. */
public final class SimulatedEngine implements Engine {

  private static final Image IMAGE =
      new Image("simulated", new ImageFacts(List.of(), List.of()), Set.of());

  private record Simulated(Found found, List<PublishedPort> ports, Instant started) {}

  private final Map<String, Simulated> containers = new ConcurrentHashMap<>();
  private final Map<String, String> idsByName = new ConcurrentHashMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Map<String, List<LogSink>> followers = new ConcurrentHashMap<>();
  private final AtomicInteger nextPort = new AtomicInteger(32_768);
  private final Simulation simulation;

  public SimulatedEngine() {
    this(Simulation.SMOOTH);
  }

  public SimulatedEngine(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public About about() {
    return new About("simulated", new Capacity(2, 4096, 10_000), null, true);
  }

  @Override
  public Optional<Image> image(String name) {
    return Optional.of(IMAGE);
  }

  @Override
  public void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer) {}

  @Override
  public String create(NodeId node, Assignment assignment, Image image) {
    answer(simulation.latencies().create());
    var spec = assignment.spec();
    var name = Found.engineName(spec.name(), assignment.container());
    var id = engineId(assignment.container());
    if (idsByName.putIfAbsent(name, id) != null) {
      throw new NameInUse("the name " + name + " is in use");
    }
    var labels =
        new Found.Labels(
            assignment.container(),
            assignment.service(),
            node,
            spec.name(),
            assignment.stamp(),
            new SlotGeneration(spec.slot(), spec.generation(), spec.data()));
    var ports = new ArrayList<PublishedPort>();
    for (PortSpec port : spec.definition().get(Attributes.CONTAINER_PORTS)) {
      if (port.published()) {
        int outer = port.outerPort() != null ? port.outerPort() : nextPort.getAndIncrement();
        ports.add(new PublishedPort(port.protocol(), port.innerPort(), outer));
      }
    }
    var found = new Found(labels, id, State.CREATED, null, List.of(), null);
    containers.put(id, new Simulated(found, ports, Instant.EPOCH));
    return id;
  }

  private static String engineId(ContainerId container) {
    return "simulated-" + container;
  }

  @Override
  public void start(String engineId) {
    answer(simulation.latencies().start());
    if (isAmong(simulation.failures(), engineId.hashCode())) {
      throw new EngineRefused("the simulation refuses it");
    }
    var now = Instant.now();
    change(
        engineId,
        Watcher::started,
        was ->
            new Simulated(was.found.simulated("10.0.0.1", was.ports, null, now), was.ports, now));
    if (isAmong(simulation.crashes().share(), engineId.hashCode() >>> 16)) {
      var _ = Thread.startVirtualThread(() -> crash(engineId, now));
    }
  }

  /** Unless it has been stopped meanwhile. */
  private void crash(String engineId, Instant started) {
    sleep(simulation.crashes().after());
    var now = containers.get(engineId);
    if (now != null && now.found.state() == State.RUNNING && now.started.equals(started)) {
      end(engineId, simulation.crashes().exitCode());
    }
  }

  @Override
  public void stop(String engineId, Duration patience) {
    answer(simulation.latencies().stop());
    end(engineId, 143);
  }

  private void end(String engineId, int exitCode) {
    var end = new End(exitCode, false, null, Instant.now());
    change(
        engineId,
        Watcher::changed,
        was ->
            new Simulated(
                was.found.simulated(null, List.of(), end, was.started), was.ports, was.started));
    endLogs(engineId);
  }

  @Override
  public void remove(String engineId) {
    answer(simulation.latencies().remove());
    endLogs(engineId);
    var gone = containers.remove(engineId);
    if (gone != null) {
      var labels = gone.found.labels();
      idsByName.remove(Found.engineName(labels.name(), labels.container()));
      watchers.forEach(watcher -> watcher.changed(labels));
    }
  }

  /**
   * The same containers each time, so that a test can tell them.
   *
   * @param draw whose lower 16 bits decide
   */
  private static boolean isAmong(double share, int draw) {
    return (draw & 0xFFFF) < share * 0x1_0000;
  }

  /** Takes its time, if it answers at all. */
  private void answer(Duration latency) {
    var random = ThreadLocalRandom.current();
    if (random.nextDouble() < simulation.unavailable()) {
      throw new EngineUnavailable(new IOException("so the simulation has it"));
    }
    double factor = 1 + simulation.jitter() * (2 * random.nextDouble() - 1);
    sleep(Duration.ofNanos((long) (latency.toNanos() * factor)));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable(interrupted);
    }
  }

  @Override
  public boolean eraseVolumes(Assignment assignment) {
    return true;
  }

  private void endLogs(String engineId) {
    var sinks = followers.remove(engineId);
    if (sinks != null) {
      sinks.forEach(LogSink::ended);
    }
  }

  private void change(
      String id, BiConsumer<Watcher, Found.Labels> tell, UnaryOperator<Simulated> change) {
    var changed = containers.computeIfPresent(id, (_, was) -> change.apply(was));
    if (changed != null) {
      watchers.forEach(watcher -> tell.accept(watcher, changed.found.labels()));
    }
  }

  @Override
  public Optional<Found> find(NodeId node, ContainerId container) {
    answer(Duration.ZERO);
    return Optional.ofNullable(containers.get(engineId(container))).map(Simulated::found);
  }

  @Override
  public List<Found> list(NodeId node) {
    answer(Duration.ZERO);
    return containers.values().stream().map(Simulated::found).toList();
  }

  @Override
  public AutoCloseable watch(NodeId node, Watcher watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  @Override
  public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
    var simulated = containers.get(engineId);
    if (simulated != null) {
      var line = simulated.started + " this container is simulated\n";
      sink.bytes(false, line.getBytes(StandardCharsets.UTF_8));
    }
    if (!follow) {
      var _ = Thread.startVirtualThread(sink::ended);
      return () -> {};
    }
    followers.computeIfAbsent(engineId, _ -> new CopyOnWriteArrayList<>()).add(sink);
    if (simulated == null || simulated.found.state() != State.RUNNING) {
      var _ = Thread.startVirtualThread(() -> endLogs(engineId));
    }
    return () -> followers.getOrDefault(engineId, List.of()).remove(sink);
  }
}
