package dev.slipway.acceptance;

import dev.slipway.standalone.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A broker with two doors: one for those that are near, one at the other end of a {@link Link}. */
final class TestKafka implements AutoCloseable {

  private final Properties settings;
  private final String near;
  private final Link far;
  private KafkaRaftServer server;

  private TestKafka(Properties settings, String near, Link far) {
    this.settings = settings;
    this.server = serve(settings);
    this.near = near;
    this.far = far;
  }

  static TestKafka start(Path folder) throws Exception {
    int nearPort = Program.freePort();
    int farPort = Program.freePort();
    var far = new Link(farPort);
    var settings = settings(folder, nearPort, farPort, far.port());
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
    return new TestKafka(settings, "127.0.0.1:" + nearPort, far);
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

  private static Properties settings(Path folder, int near, int far, int advertised)
      throws IOException {
    var settings = new Properties();
    try (var common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
      settings.load(common);
    }
    int controller = Program.freePort();
    settings.put("log.dirs", folder.toString());
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,FAR:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,FAR://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(near, far, controller));
    settings.put(
        "advertised.listeners",
        "PLAINTEXT://127.0.0.1:%d,FAR://127.0.0.1:%d".formatted(near, advertised));
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    return settings;
  }

  String near() {
    return near;
  }

  Link far() {
    return far;
  }

  @Override
  public void close() {
    far.close();
    stop();
  }
}
