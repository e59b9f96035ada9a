package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Connection;

/**
 * Docker Swarm on the Engine of this machine, as a cluster of one. It is left again at the end, and
 * an Engine that is in a swarm already is left alone.
 */
public final class Swarm implements AutoCloseable {

  private static final String INIT =
      """
      {"ListenAddr":"127.0.0.1:2377","AdvertiseAddr":"127.0.0.1"}\
      """;
  private static final String SERVICE =
      """
      {"Name":"%s","TaskTemplate":{"ContainerSpec":{"Image":"%s","Env":["A=b","KEY=value"],"StopGracePeriod":1000000000}},\
      "Mode":{"Replicated":{"Replicas":%d}}}\
      """;

  private final EngineApi engine;
  private final AtExit atExit = new AtExit(this::leave);

  private Swarm(EngineApi engine) {
    this.engine = engine;
  }

  public static Swarm init(EngineApi engine) {
    begin(engine);
    return new Swarm(engine);
  }

  private static void begin(EngineApi engine) {
    try (var connection = engine.connect()) {
      var _ = connection.post("/swarm/init", INIT).orThrow("swarm init");
    }
  }

  public Connection connect() {
    return engine.connect();
  }

  /** Returns its id when the swarm has stored it. */
  public static String create(Connection connection, String name, int replicas) {
    return connection
        .post("/services/create", SERVICE.formatted(name, EngineApi.IMAGE, replicas))
        .orThrow("swarm's service create")
        .json()
        .path("ID")
        .asString();
  }

  public static long running(Connection connection, String service) {
    var filter = "%%7B%%22service%%22%%3A%%5B%%22%s%%22%%5D%%7D".formatted(service);
    var tasks = connection.get("/tasks?filters=" + filter).orThrow("swarm's tasks").json();
    return tasks
        .valueStream()
        .filter(task -> task.path("Status").path("State").asString().equals("running"))
        .count();
  }

  public static void remove(Connection connection, String service) {
    var _ = connection.delete("/services/" + service).orThrow("swarm's service rm");
  }

  /** Those that the Engine still has. */
  public static int containers(Connection connection, String service) {
    var filter =
        "%%7B%%22label%%22%%3A%%5B%%22com.docker.swarm.service.id%%3D%s%%22%%5D%%7D"
            .formatted(service);
    return connection
        .get("/containers/json?all=true&filters=" + filter)
        .orThrow("containers")
        .json()
        .size();
  }

  /** A swarm without services: many old ones would slow new ones down. */
  public void empty() {
    leave();
    begin(engine);
  }

  @Override
  public void close() {
    atExit.close();
  }

  private void leave() {
    try (var connection = engine.connect()) {
      var _ = connection.post("/swarm/leave?force=true", null).orThrow("swarm leave");
    }
  }
}
