package dev.slipway.acceptance;

import dev.slipway.standalone.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker with three doors: one that is always open, and two at the other end of a {@link Link},
 * for agents and for all else of Slipway.
 */
final class TestKafka implements AutoCloseable {

  private final Properties settings;
  private final String near;
  private final Link far;
  private final Link home;
  private KafkaRaftServer server;

  private TestKafka(Properties settings, String near, Link far, Link home) {
    this.settings = settings;
    this.server = serve(settings);
    this.near = near;
    this.far = far;
    this.home = home;
  }

  static TestKafka start(Path folder) throws Exception {
    int nearPort = Program.freePort();
    int farPort = Program.freePort();
    int homePort = Program.freePort();
    var far = new Link(farPort);
    var home = new Link(homePort);
    var settings = settings(folder);
    listen(
        settings,
        List.of("PLAINTEXT", "FAR", "HOME"),
        List.of(nearPort, farPort, homePort),
        List.of(nearPort, far.port(), home.port()));
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
    return new TestKafka(settings, "127.0.0.1:" + nearPort, far, home);
  }

  private static KafkaRaftServer serve(Properties settings) {
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return server;
  }

  /** Stops, and starts with what it has stored. */
  void restart() {
    stop();
    server = serve(settings);
  }

  private void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties settings(Path folder) throws IOException {
    var settings = new Properties();
    try (var common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
      settings.load(common);
    }
    settings.put("log.dirs", folder.toString());
    return settings;
  }

  private static void listen(
      Properties settings, List<String> doors, List<Integer> ports, List<Integer> advertised) {
    int controller = Program.freePort();
    settings.put(
        "listener.security.protocol.map",
        String.join(":PLAINTEXT,", doors) + ":PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put(
        "listeners", doors(doors, ports) + ",CONTROLLER://127.0.0.1:%d".formatted(controller));
    settings.put("advertised.listeners", doors(doors, advertised));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
  }

  private static String doors(List<String> doors, List<Integer> ports) {
    return IntStream.range(0, doors.size())
        .mapToObj(door -> "%s://127.0.0.1:%d".formatted(doors.get(door), ports.get(door)))
        .collect(Collectors.joining(","));
  }

  String near() {
    return near;
  }

  /** To the agents. */
  Link far() {
    return far;
  }

  /** To the command side and the query side. */
  Link home() {
    return home;
  }

  @Override
  public void close() {
    far.close();
    home.close();
    stop();
  }
}
