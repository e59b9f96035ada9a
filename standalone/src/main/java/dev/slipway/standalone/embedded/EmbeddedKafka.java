package dev.slipway.standalone.embedded;

import dev.slipway.runtime.KafkaLogins;
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
  private final Path clientProperties;

  private EmbeddedKafka(KafkaRaftServer server, String address, Path clientProperties) {
    this.server = server;
    this.address = address;
    this.clientProperties = clientProperties;
  }

  /**
   * Clients of this process log in by themselves.
   *
   * @param folder in the data folder, whose {@code secrets} take the password
   * @param port 0 for a free one
   */
  public static EmbeddedKafka start(Path folder, int port) {
    return start(folder, FreePort.orGiven(port), FreePort.find());
  }

  static EmbeddedKafka start(Path folder, int port, int controllerPort) {
    var address = "127.0.0.1:" + port;
    var doors = new KafkaDoors(Secrets.beside(folder));
    var settings = settings(folder, doors, address, "127.0.0.1:" + controllerPort);
    var clientProperties = doors.writeClientProperties();
    KafkaLogins.use(address, clientProperties);
    Exit.setHaltProcedure(EmbeddedKafka::halt);
    KafkaStorage.formatIfNew(folder, settings);
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    var kafka = new EmbeddedKafka(server, address, clientProperties);
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
  private static Properties settings(
      Path folder, KafkaDoors doors, String address, String controller) {
    var settings = new Properties();
    try (var common = EmbeddedKafka.class.getResourceAsStream("kafka.properties")) {
      settings.load(common);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    settings.put("log.dirs", folder.toString());
    settings.putAll(doors.broker(address, controller));
    settings.put("controller.quorum.voters", settings.get("node.id") + "@" + controller);
    return settings;
  }

  public String bootstrapServers() {
    return address;
  }

  /** The file with which other processes of this user log in. */
  public Path clientProperties() {
    return clientProperties;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
