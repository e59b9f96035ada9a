package dev.slipway.agent.messaging;

import dev.slipway.agent.exec.ExecAnswers;
import dev.slipway.agent.logs.LogLines;
import dev.slipway.agent.reconcile.Reports;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what the agent has to say; it is tried again for as long as the process lives. */
public final class KafkaOutbox implements Reports, LogLines, ExecAnswers, AutoCloseable {

  private final Producer<String, byte[]> producer;

  public KafkaOutbox(String servers) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                60_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void send(ContainerReport report) {
    send(Topics.REPORTS, report.service().value(), Wire.write(report));
  }

  @Override
  public void send(LogLine line) {
    send(Topics.LOGS, line.container().value(), Wire.write(line));
  }

  @Override
  public void send(ExecOutput output) {
    send(Topics.EXEC_OUTPUT, output.session(), Wire.write(output));
  }

  public void send(Heartbeat heartbeat) {
    send(Topics.HEARTBEATS, heartbeat.node().value(), Wire.write(heartbeat));
  }

  private void send(Topics topic, String key, byte[] value) {
    var _ = producer.send(new ProducerRecord<>(topic.topic(), key, value));
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
