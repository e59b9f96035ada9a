package dev.slipway.agent.engine;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.registry.RegistryLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An Engine that passes everything on to a simulated one; a test changes what it needs to. */
public class FakeEngine implements Engine {

  private final SimulatedEngine simulated = new SimulatedEngine();

  /** Makes it from whatever image there is. */
  public final String create(NodeId node, Assignment assignment) {
    return create(node, assignment, image("any").orElseThrow());
  }

  @Override
  public About about() {
    return simulated.about();
  }

  @Override
  public Optional<Image> image(String name) {
    return simulated.image(name);
  }

  @Override
  public void pull(String image, @Nullable RegistryLogin login, Duration toFirstAnswer) {
    simulated.pull(image, login, toFirstAnswer);
  }

  @Override
  public String create(NodeId node, Assignment assignment, Image image) {
    return simulated.create(node, assignment, image);
  }

  @Override
  public boolean eraseVolumes(Assignment assignment) {
    return simulated.eraseVolumes(assignment);
  }

  @Override
  public void start(String engineId) {
    simulated.start(engineId);
  }

  @Override
  public void stop(String engineId, Duration patience) {
    simulated.stop(engineId, patience);
  }

  @Override
  public void remove(String engineId) {
    simulated.remove(engineId);
  }

  @Override
  public Optional<Found> find(NodeId node, ContainerId container) {
    return simulated.find(node, container);
  }

  @Override
  public List<Found> list(NodeId node) {
    return simulated.list(node);
  }

  @Override
  public AutoCloseable watch(NodeId node, Watcher watcher) {
    return simulated.watch(node, watcher);
  }

  @Override
  public AutoCloseable logs(String engineId, Instant since, boolean follow, LogSink sink) {
    return simulated.logs(engineId, since, follow, sink);
  }
}
