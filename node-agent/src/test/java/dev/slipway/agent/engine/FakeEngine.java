package dev.slipway.agent.engine;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An Engine that passes everything on to a simulated one; a test changes what it needs to. */
public class FakeEngine implements Engine {

  private final SimulatedEngine simulated = new SimulatedEngine();

  @Override
  public About about() {
    return simulated.about();
  }

  @Override
  public boolean hasImage(String image) {
    return simulated.hasImage(image);
  }

  @Override
  public void pull(String image) {
    simulated.pull(image);
  }

  @Override
  public String create(NodeId node, Assignment assignment) {
    return simulated.create(node, assignment);
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
  public Optional<Found> find(NodeId node, String engineName) {
    return simulated.find(node, engineName);
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
  public AutoCloseable logs(String engineId, Instant since, LogSink sink) {
    return simulated.logs(engineId, since, sink);
  }
}
