package dev.slipway.standalone.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Gives a folder the identity without which a broker does not start in it. */
final class KafkaStorage {

  /** Written last by Kafka, so that a format that was cut short is done again. */
  private static final String IDENTITY = "meta.properties";

  private KafkaStorage() {}

  static void formatIfNew(Path folder, Properties settings) {
    if (Files.exists(folder.resolve(IDENTITY))) {
      return;
    }
    try {
      new Formatter()
          .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(settings.getProperty("controller.listener.names"))
          .setMetadataLogDirectory(folder.toString())
          .addDirectory(folder.toString())
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .run();
    } catch (Exception failure) {
      throw new IllegalStateException("Kafka can not make its storage in " + folder, failure);
    }
  }
}
