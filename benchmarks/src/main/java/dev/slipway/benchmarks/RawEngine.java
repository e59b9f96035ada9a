package dev.slipway.benchmarks;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import dev.slipway.docker.EngineConnection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The limit: create and start, four at a time, and nothing else. */
final class RawEngine implements AutoCloseable {

  static final int PARALLEL = 4;

  private final EngineConnection connection = EngineConnection.to(null);
  private final DockerClient docker;

  RawEngine() {
    docker = connection.calls();
  }

  /**
   * @return milliseconds until all run
   */
  double up(int containers) throws InterruptedException {
    Queue<String> made = new ConcurrentLinkedQueue<>();
    long begin = System.nanoTime();
    inParallel(IntStream.range(0, containers).<Runnable>mapToObj(_ -> () -> start(made)).toList());
    double took = (System.nanoTime() - begin) / 1e6;
    inParallel(made.stream().<Runnable>map(id -> () -> remove(id)).toList());
    return took;
  }

  private void start(Queue<String> made) {
    var http = ExposedPort.tcp(80);
    var ports = new Ports();
    ports.bind(http, Ports.Binding.bindIp("127.0.0.1"));
    var id =
        docker
            .createContainerCmd("demo/hello:latest")
            .withLabels(Map.of("dev.slipway.benchmark", "raw"))
            .withEnv(List.of("COLOUR=red"))
            .withExposedPorts(http)
            .withHostConfig(new HostConfig().withInit(true).withPortBindings(ports))
            .exec()
            .getId();
    docker.startContainerCmd(id).exec();
    made.add(id);
  }

  private void remove(String id) {
    docker.removeContainerCmd(id).withForce(true).exec();
  }

  private static void inParallel(List<Runnable> calls) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(PARALLEL)) {
      for (var call : threads.invokeAll(calls.stream().map(Executors::callable).toList())) {
        call.resultNow();
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
