package dev.slipway.agent.messaging;

import dev.slipway.agent.exec.ExecAnswers;
import dev.slipway.agent.logs.LogDestination;
import dev.slipway.agent.reconcile.Reports;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.KafkaLogins;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the agent has to say; it is tried again for as long as the process lives. */
public final class KafkaOutbox implements Reports, LogDestination, ExecAnswers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaOutbox.class);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Producer<String, byte[]> producer;
  private final Producer<String, byte[]> logs;
  private volatile Runnable heartbeatStored = () -> {};

  public KafkaOutbox(String servers) {
    this(producer(servers, Map.of(ProducerConfig.LINGER_MS_CONFIG, 1)), logs(servers));
  }

  /**
   * @param logs for log lines alone: however many they are, nothing else waits behind them
   */
  KafkaOutbox(Producer<String, byte[]> producer, Producer<String, byte[]> logs) {
    this.producer = producer;
    this.logs = logs;
  }

  private static Producer<String, byte[]> logs(String servers) {
    return producer(
        servers,
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 << 10,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            8L << 20));
  }

  private static Producer<String, byte[]> producer(String servers, Map<String, Object> own) {
    var settings = new HashMap<>(own);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    return new KafkaProducer<>(
        KafkaLogins.settings(servers, settings), new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(ContainerReport report) {
    var _ =
        producer.send(
            record(Topics.REPORTS, report.service().value(), Wire.write(report)),
            (_, failure) -> failed(report, failure));
  }

  /** Who waits for the report learns why none comes, unless nothing can be sent at all. */
  private void failed(ContainerReport report, @Nullable Exception failure) {
    if (failure == null) {
      return;
    }
    LOG.warn("Cannot send a report on container {}: {}", report.container(), failure.toString());
    if (!(report instanceof Waiting) && !(failure instanceof RetriableException)) {
      send(
          new Waiting(
              report.service(),
              report.container(),
              report.node(),
              report.at(),
              "Kafka does not take its node's report: " + failure.getMessage()));
    }
  }

  @Override
  public void send(LogLines lines, Receipt receipt) {
    try {
      var _ =
          logs.send(
              record(Topics.LOGS, lines.container().value(), Wire.write(lines)),
              (_, failure) -> receipt.told(failure == null));
    } catch (KafkaException | IllegalStateException failure) {
      LOG.debug("Log lines were not sent", failure);
      receipt.told(false);
    }
  }

  @Override
  public void send(ExecOutput output) {
    send(Topics.EXEC_OUTPUT, output.session(), Wire.write(output));
  }

  /** Sets what is called whenever Kafka has stored a heartbeat. */
  public void onHeartbeatStored(Runnable listener) {
    heartbeatStored = listener;
  }

  public void send(Heartbeat heartbeat) {
    var _ =
        producer.send(
            record(Topics.HEARTBEATS, heartbeat.node().value(), Wire.write(heartbeat)),
            (_, failure) -> {
              if (failure == null) {
                heartbeatStored.run();
              }
            });
  }

  private void send(Topics topic, String key, byte[] value) {
    var _ = producer.send(record(topic, key, value));
  }

  private static ProducerRecord<String, byte[]> record(Topics topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.topic(), key, value);
  }

  /**
   * Sends what waits, as far as Kafka takes it at once. The next agent reports the state of its
   * containers anew, and sends lines again that were not acknowledged.
   */
  @Override
  public void close() {
    // After its timeout a producer still waits for its thread, which may wait for a server.
    var closing =
        Stream.of(producer, logs)
            .map(one -> Thread.startVirtualThread(() -> one.close(CLOSE_TIMEOUT)))
            .toList();
    try {
      for (var one : closing) {
        boolean _ = one.join(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
