package dev.slipway.acceptance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** The Docker Engine itself, to see with one's own eyes what really runs. */
final class Engine {

  /** Made by {@code ./slipway test}: a small web server that says hello. */
  static final String IMAGE = "demo/hello:latest";

  private final DockerClient docker = DockerClientFactory.instance().client();

  /** Containers of one service, running or not. */
  List<Container> containersOf(String service) {
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of("dev.slipway.service", service))
        .exec();
  }

  long runningOf(String service) {
    return containersOf(service).stream().filter(c -> c.getState().equals("running")).count();
  }

  /** The environment of a container as the Engine has it. */
  List<String> environment(String engineId) {
    var environment = docker.inspectContainerCmd(engineId).exec().getConfig().getEnv();
    return List.of(environment == null ? new String[0] : environment);
  }

  void removeAllOf(String service) {
    containersOf(service).forEach(c -> docker.removeContainerCmd(c.getId()).withForce(true).exec());
  }
}
