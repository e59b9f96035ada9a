package dev.slipway.standalone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A real Kafka of one node in this process, which finds its records again at the next start. */
public final class EmbeddedKafka implements AutoCloseable {

  /** What agents expect if they are told nothing. */
  public static final int DEFAULT_PORT = 9092;

  private static volatile Consumer<String> onFailure =
      reason -> System.err.println("slipway: " + reason);

  private final KafkaRaftServer server;
  private final String address;

  private EmbeddedKafka(KafkaRaftServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /**
   * @param port 0 for a free one
   */
  public static EmbeddedKafka start(Path folder, int port) {
    return start(folder, FreePort.orGiven(port), FreePort.find());
  }

  static EmbeddedKafka start(Path folder, int port, int controllerPort) {
    var address = "127.0.0.1:" + port;
    var settings = settings(folder, address, "127.0.0.1:" + controllerPort);
    Exit.setHaltProcedure(EmbeddedKafka::halt);
    KafkaStorage.formatIfNew(folder, settings);
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    var kafka = new EmbeddedKafka(server, address);
    try {
      server.startup();
    } catch (RuntimeException failure) {
      kafka.close();
      throw failure;
    }
    return kafka;
  }

  /**
   * Sets how the process ends where Kafka cannot go on, such as on a full disk.
   *
   * @param end is given the reason, and does not return
   */
  public static void onFailure(Consumer<String> end) {
    onFailure = end;
  }

  private static void halt(int status, @Nullable String message) {
    onFailure.accept(
        "Kafka cannot go on and ends the process%s; the log has its last errors"
            .formatted(message == null ? "" : " (%s)".formatted(message)));
    Runtime.getRuntime().halt(status);
  }

  /**
   * The quorum is a static one: its only voter is named in the settings and not in the log, so that
   * the controller's port may change from start to start.
   */
  private static Properties settings(Path folder, String address, String controller) {
    var settings = new Properties();
    try (var common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
      settings.load(common);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    settings.put("log.dirs", folder.toString());
    settings.put("listeners", "PLAINTEXT://%s,CONTROLLER://%s".formatted(address, controller));
    settings.put("controller.quorum.voters", settings.get("node.id") + "@" + controller);
    return settings;
  }

  public String bootstrapServers() {
    return address;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
