package dev.slipway.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.model.wire.Wire;
import dev.slipway.standalone.InOneProcess;
import dev.slipway.standalone.embedded.ChildProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Slipway in one process, seen by another user of its host and by a container beside it. */
class ClosedDoorsTest {

  private static final int PORT = FreePort.forSlipway();

  @TempDir static Path parent;

  private static Path data;
  private static ChildProcess slipway;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = parent.resolve("data");
    slipway = InOneProcess.up(PORT, data, Map.of("SLIPWAY_KAFKA_PORT", "0"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    assertThat(slipway.terminate()).isEqualTo(128 + 15);
  }

  @Test
  void noPortAnswersTheUserNobodyWithData() throws Exception {
    assumeRoot();
    requireClosed(Stranger.nobody());
  }

  @Test
  void noPortAnswersAContainerInTheNetworkOfTheHostWithData() throws Exception {
    assumeDocker();
    requireClosed(Stranger.container());
  }

  private static void requireClosed(Stranger stranger) throws Exception {
    var ports = ports();
    assertThat(ports).hasSizeGreaterThanOrEqualTo(5); // API, broker, controller, both databases
    var answers = stranger.knock(ports, Knocks.all());
    assertThat(answers)
        .noneMatch(answer -> answer.text().contains("HTTP/1.1 200"))
        .noneMatch(answer -> answer.text().startsWith("R\0\0\0\b\0\0\0\0"))
        .noneMatch(answer -> answer.text().contains("server_version"))
        .noneMatch(answer -> answer.text().contains("sizeOnDisk"))
        .noneMatch(answer -> answer.text().contains("slipway."))
        .noneMatch(answer -> answer.request().equals(Knocks.KAFKA) && isKafka(answer));
    // Each protocol has been spoken where it is understood.
    assertThat(answers)
        .anyMatch(answer -> answer.port() == PORT && answer.text().startsWith("HTTP/1.1 401"))
        .anyMatch(answer -> answer.text().contains("SCRAM-SHA-256\0"))
        .anyMatch(answer -> answer.text().contains("Unauthorized"))
        .anyMatch(answer -> answer.request().equals(Knocks.KAFKA_VERSIONS) && isKafka(answer));
  }

  /** A length, and the number of the request. */
  private static boolean isKafka(Stranger.Answer answer) {
    var text = answer.text();
    return text.length() > 8 && text.startsWith("\0\0") && text.startsWith("\0\0\0\1", 4);
  }

  @Test
  void everyPortIsOnTheLoopbackAddress() throws Exception {
    for (var socket : sockets()) {
      assertThat(socket.address()).isIn("0100007F", "0000000000000000FFFF00000100007F");
    }
  }

  @Test
  void noFileIsReadOrReplacedByTheUserNobody() throws Exception {
    assumeRoot();
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("programs")))
        .doesNotMatch(".{4}.w.*")
        .doesNotMatch(".*w.$");
    var nobody = Stranger.nobody();
    for (var file : List.of("apikey", "servers.json", "secrets/kafka.properties", "slipway.log")) {
      assertThat(data.resolve(file)).exists();
      assertThat(nobody.run("cat " + data.resolve(file))).contains("Permission denied");
    }
    assertThat(nobody.run("ls " + data)).contains("Permission denied");
    assertThat(nobody.run("touch " + data.resolve("programs/postgres")))
        .contains("Permission denied");
  }

  @Test
  void kafkaRejectsClientsWithoutALoginAndWithAnotherPassword() throws Exception {
    var login = data.resolve("secrets/kafka.properties");
    var wrong = Files.readString(login).replaceFirst("password=\"[^\"]+\"", "password=\"guess\"");
    assertThatThrownBy(() -> topics(wrong))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThatThrownBy(() -> topics("")).isInstanceOf(Exception.class);
    assertThat(topics(Files.readString(login))).contains("slipway.service-events");
  }

  private static Set<String> topics(String properties) throws Exception {
    var settings = new java.util.Properties();
    settings.load(new java.io.StringReader(properties));
    settings.put("bootstrap.servers", kafka());
    settings.put("default.api.timeout.ms", "4000");
    settings.put("request.timeout.ms", "3000");
    try (var admin = Admin.create(settings)) {
      return admin.listTopics().names().get(10, TimeUnit.SECONDS);
    }
  }

  private static String kafka() throws IOException {
    return Wire.MAPPER
        .readTree(Files.readAllBytes(data.resolve("servers.json")))
        .path("SLIPWAY_KAFKA")
        .asString();
  }

  /** PostgreSQL is a process of its own. */
  private static Set<Integer> ports() throws IOException {
    var ports = new TreeSet<Integer>();
    sockets().forEach(socket -> ports.add(socket.port()));
    var pidFile = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
    ports.add(Integer.parseInt(pidFile.get(3).strip()));
    return ports;
  }

  private record Listening(String address, int port) {}

  /** On which Slipway's process listens. */
  private static List<Listening> sockets() throws IOException {
    var own = new TreeSet<String>();
    try (var files = Files.list(Path.of("/proc/%d/fd".formatted(slipway.pid())))) {
      for (var file : (Iterable<Path>) files::iterator) {
        try {
          own.add(Files.readSymbolicLink(file).toString());
        } catch (IOException closed) {
          continue;
        }
      }
    }
    var found = new java.util.ArrayList<Listening>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : Files.readAllLines(Path.of("/proc/net", table))) {
        var fields = line.strip().split("\\s+");
        if (fields[3].equals("0A") && own.contains("socket:[%s]".formatted(fields[9]))) {
          var local = fields[1].split(":");
          found.add(new Listening(local[0], Integer.parseInt(local[1], 16)));
        }
      }
    }
    return found;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assumeRoot() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    assumeThat(System.getProperty("user.name"))
        .as("only root can act as the user nobody")
        .isEqualTo("root");
  }

  private static void assumeDocker() throws Exception {
    if (!"true".equals(System.getenv("SLIPWAY_REQUIRE_DOCKER"))) {
      assumeThat(Files.exists(Path.of("/var/run/docker.sock")))
          .as("no Docker Engine on this machine")
          .isTrue();
    }
  }
}
