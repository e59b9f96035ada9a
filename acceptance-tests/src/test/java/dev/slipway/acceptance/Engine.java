package dev.slipway.acceptance;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** The Docker Engine itself, to see with one's own eyes what really runs. */
final class Engine {

  /** Made by {@code ./slipway test}: a small web server that says hello. */
  static final String IMAGE = "demo/hello:latest";

  private final DockerClient docker;

  /** The Engine of this machine. */
  Engine() {
    this(DockerClientFactory.instance().client());
  }

  private Engine(DockerClient docker) {
    this.docker = docker;
  }

  /** Another Engine; requests name no version, which every Engine takes for its newest. */
  static Engine at(String host) {
    return at(DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(host).build());
  }

  private static Engine at(DockerClientConfig config) {
    var http = new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build();
    return new Engine(DockerClientImpl.getInstance(config, http));
  }

  DockerClient client() {
    return docker;
  }

  /** Copies the image of the tests from the Engine of this machine. */
  void loadImage() throws IOException {
    var ofThisMachine = at(DefaultDockerClientConfig.createDefaultConfigBuilder().build());
    try (var image = ofThisMachine.docker.saveImageCmd(IMAGE).exec()) {
      docker.loadImageCmd(image).exec();
    }
  }

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
