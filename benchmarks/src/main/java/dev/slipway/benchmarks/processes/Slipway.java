package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.benchmarks.http.Connection;
import dev.slipway.runtime.KafkaLogins;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A standalone of our own: its folder, its ports, and it is spoken to over HTTP only. */
public final class Slipway implements AutoCloseable {

  public static final String SERVICES = "/api/app/v1/service/";

  static final String USER = "admin";
  static final String API_KEY = "0123456789abcdef0123456789abcdef01234567";
  static final String READINESS = "/actuator/health/readiness";

  private final Program program;
  private final Path data;
  private final int port;
  private final int kafkaPort;

  private Slipway(Program program, Path data, int port, int kafkaPort) {
    this.program = program;
    this.data = data;
    this.port = port;
    this.kafkaPort = kafkaPort;
  }

  /** Ready, and with a node. */
  public static Slipway up(Path data, boolean simulated) {
    return up(data, simulated, Map.of());
  }

  public static Slipway up(Path data, boolean simulated, Map<String, String> settings) {
    var slipway = start(data, simulated, settings);
    try {
      slipway.awaitReady();
      slipway.awaitNode();
      return slipway;
    } catch (RuntimeException failure) {
      slipway.close();
      throw failure;
    }
  }

  /** Quotas that no workload meets. */
  static final Map<String, String> NO_QUOTAS =
      Map.of(
          "SLIPWAY_QUOTA_SERVICES", "10000000",
          "SLIPWAY_QUOTA_CONTAINERS", "10000000",
          "SLIPWAY_QUOTA_STACKS", "10000000",
          "SLIPWAY_QUOTA_TRIGGERS", "10000000",
          "SLIPWAY_QUOTA_STORED_BYTES", "1000000000000",
          "SLIPWAY_QUOTA_WRITES_PER_SECOND", "10000000");

  /**
   * A container counts as running as soon as it is started, and no registry is asked: peers and
   * limits do neither, and no workload measures it.
   */
  static final Map<String, String> NO_WAITS =
      Map.of("SLIPWAY_PULL", "missing", "SLIPWAY_MONITOR", "0s");

  /** Begins to start. */
  public static Slipway start(Path data, boolean simulated, Map<String, String> settings) {
    int port = FreePort.forSlipway();
    int kafkaPort = FreePort.forSlipway();
    var environment = new HashMap<String, String>();
    environment.put("SLIPWAY_APIKEY", API_KEY);
    environment.putAll(NO_QUOTAS);
    environment.putAll(NO_WAITS);
    environment.put("SLIPWAY_KAFKA_PORT", Integer.toString(kafkaPort));
    environment.put("SLIPWAY_NODE_NAME", "bench");
    environment.put("SLIPWAY_SIMULATED", Boolean.toString(simulated));
    environment.putAll(settings);
    try {
      Files.createDirectories(data);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var program =
        Program.slipway(
            environment,
            data.resolve("output.txt"),
            "up",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    return new Slipway(program, data, port, kafkaPort);
  }

  public void awaitReady() {
    program.await(() -> address().answers(READINESS));
  }

  /** Until requests are answered, if only with an excuse. */
  public void awaitAnswer() {
    program.await(() -> address().answers("/actuator/health/liveness"));
  }

  private void awaitNode() {
    program.await(
        () -> {
          try (var connection = connect()) {
            var nodes = connection.get("/api/infra/v1/node/?state=Deployed");
            return nodes.isSuccess() && nodes.json().path("meta").path("total_count").asInt() > 0;
          }
        });
  }

  public Connection connect() {
    return address().connect();
  }

  public Address address() {
    return Address.of(port, USER, API_KEY);
  }

  /** What a request has in its header {@code Authorization}. */
  public String authorization() {
    return Address.login(USER, API_KEY);
  }

  public int port() {
    return port;
  }

  /** The embedded Kafka, to which clients of this process log in from now on. */
  public String kafka() {
    var servers = "127.0.0.1:" + kafkaPort;
    KafkaLogins.use(servers, kafkaLogin());
    return servers;
  }

  /** The client properties with which other processes log in. */
  public Path kafkaLogin() {
    return data.resolve("secrets/kafka.properties");
  }

  public ProcessHandle process() {
    return program.handle();
  }

  /** The process, and PostgreSQL, which is not its child but nobody else's either. */
  public Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(program.handle()), postgres().stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
  }

  private Optional<ProcessHandle> postgres() {
    try (var files = Files.find(data, 4, (file, _) -> file.endsWith("postmaster.pid"))) {
      var found = files.findFirst();
      return found.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(Files.readAllLines(found.get()).getFirst().strip()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
