package dev.slipway.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A host as a fleet has many: an Engine, and an agent as a process of its own. */
final class Host implements AutoCloseable {

  /** Of every node here: tests place on these and not on the simulated node of standalone. */
  static final String TAG = "real";

  final OwnEngine engine;
  final EngineTap tap;
  private final String name;
  private final String kafka;
  private final Path data;
  private final Path output;
  private final Map<String, String> more = new HashMap<>();
  private Program agent;

  Host(String name, String kafka, Path folder) throws Exception {
    this.name = name;
    this.kafka = kafka;
    Files.createDirectories(folder.resolve(name));
    this.data = folder.resolve(name);
    this.output = folder.resolve(name + ".txt");
    this.engine = OwnEngine.start(folder);
    this.tap = new EngineTap(folder.resolve(name + ".sock"), engine.socket());
    startAgent();
  }

  Path data() {
    return data;
  }

  String printed() {
    return agent.printed();
  }

  synchronized void startAgent() {
    var environment = new HashMap<>(more);
    environment.putAll(
        Map.of(
            "SLIPWAY_KAFKA",
            kafka,
            "SLIPWAY_NODE_NAME",
            name,
            "SLIPWAY_NODE_ADDRESS",
            engine.address(),
            "SLIPWAY_NODE_TAGS",
            TAG + "," + name,
            "SLIPWAY_PULL",
            "missing",
            "SLIPWAY_GRACE",
            "5s",
            "SLIPWAY_DATA",
            data.toString(),
            "DOCKER_HOST",
            "unix://" + data.resolveSibling(name + ".sock")));
    agent = Program.service("node-agent", environment, output);
  }

  synchronized void killAgent() {
    agent.kill();
  }

  synchronized void restartAgent() {
    if (agent.isAlive()) {
      agent.kill();
    }
    startAgent();
  }

  synchronized boolean hasAgent() {
    return agent.isAlive();
  }

  @Override
  public void close() throws Exception {
    agent.close();
    tap.close();
    engine.close();
  }
}
