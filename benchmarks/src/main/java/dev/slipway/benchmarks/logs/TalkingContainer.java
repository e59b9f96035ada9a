package dev.slipway.benchmarks.logs;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.processes.EngineApi;
import dev.slipway.benchmarks.processes.Pause;
import dev.slipway.benchmarks.processes.Slipway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A container that prints what comes in at its port. */
public final class TalkingContainer implements AutoCloseable {

  private static final String SERVICE =
      """
      {"image":"%s","name":"talking","target_num_containers":1,\
      "run_command":"sh -c 'sleep 86400 | nc -l -p 7'",\
      "container_ports":[{"protocol":"tcp","inner_port":7,"published":true}]}\
      """;
  private static final String CONTAINER =
      """
      {"Image":"%s","Cmd":["sh","-c","sleep 86400 | nc -l -p 7"],\
      "ExposedPorts":{"7/tcp":{}},\
      "HostConfig":{"Init":true,"PortBindings":{"7/tcp":[{"HostPort":""}]}}}\
      """;
  private static final long A_MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int A_MOMENT_MS = 200;
  private static final int LOOKS = 600;

  private final String service;
  private final String engineId;
  private final Socket socket;
  private final Runnable removal;
  private int said;

  private TalkingContainer(String service, String engineId, int port, Runnable removal) {
    this.service = service;
    this.engineId = engineId;
    this.removal = removal;
    this.socket = connect(port);
  }

  private static Socket connect(int port) {
    for (int look = 0; look < LOOKS; look++) {
      var socket = new Socket();
      if (isTaken(socket, port)) {
        return socket;
      }
      close(socket);
      Pause.millis(50);
    }
    throw new IllegalStateException("the container listens on no port");
  }

  /** The Engine takes connections before the program inside does, and ends them. */
  private static boolean isTaken(Socket socket, int port) {
    try {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(A_MOMENT_MS);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException quiet) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Run by a service. */
  public static TalkingContainer of(Slipway slipway) {
    try (var connection = slipway.connect()) {
      var service =
          connection
              .post(Slipway.SERVICES, SERVICE.formatted(EngineApi.IMAGE))
              .orThrow("create")
              .json()
              .path("uuid")
              .asString();
      var path = Slipway.SERVICES + service + "/";
      var _ = connection.post(path + "start/", null).orThrow("start");
      var container = awaitRunning(connection, path);
      return new TalkingContainer(
          service,
          container.path("docker_id").asString(),
          container.path("container_ports").path(0).path("outer_port").asInt(),
          () -> terminate(slipway, path));
    }
  }

  private static JsonNode awaitRunning(Connection connection, String path) {
    for (int look = 0; look < LOOKS; look++) {
      var service = connection.get(path).orThrow("read").json();
      if (service.path("state").asString().equals("Running")) {
        var container = service.path("containers").path(0).asString();
        return connection.get(container).orThrow("read").json();
      }
      Pause.millis(50);
    }
    throw new IllegalStateException("the container does not start");
  }

  private static void terminate(Slipway slipway, String path) {
    try (var connection = slipway.connect()) {
      var _ = connection.delete(path).orThrow("terminate");
      for (int look = 0; look < LOOKS; look++) {
        var state = connection.get(path).orThrow("read").json().path("state").asString();
        if (state.equals("Terminated")) {
          return;
        }
        Pause.millis(50);
      }
      throw new IllegalStateException("the container does not end");
    }
  }

  /** Run by nobody but the Engine. */
  public static TalkingContainer of(EngineApi engine) {
    try (var connection = engine.connect()) {
      var id =
          connection
              .post("/containers/create", CONTAINER.formatted(EngineApi.IMAGE))
              .orThrow("container create")
              .json()
              .path("Id")
              .asString();
      var path = "/containers/" + id;
      var _ = connection.post(path + "/start", null).orThrow("container start");
      var ports =
          connection.get(path + "/json").orThrow("inspect").json().at("/NetworkSettings/Ports");
      return new TalkingContainer(
          "", id, ports.path("7/tcp").path(0).path("HostPort").asInt(), () -> remove(engine, path));
    }
  }

  private static void remove(EngineApi engine, String path) {
    try (var connection = engine.connect()) {
      var _ = connection.delete(path + "?force=true").orThrow("container rm");
    }
  }

  /** The uuid of the service, empty if it is nobody's. */
  String service() {
    return service;
  }

  String engineId() {
    return engineId;
  }

  /**
   * @param lines each ended
   */
  public void say(String lines) {
    try {
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** After this everything that is said is heard. */
  public void sayUntilHeard(FollowedLog log) {
    for (int attempt = 0; attempt < LOOKS; attempt++) {
      var line = "heard-" + said++;
      say(line + "\n");
      if (log.cameWithin(line, A_MOMENT_NS)) {
        return;
      }
    }
    throw new IllegalStateException("the log is not heard");
  }

  @Override
  public void close() {
    close(socket);
    removal.run();
  }
}
