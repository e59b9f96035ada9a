package dev.slipway.query.exec;

import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.HealthRegistry;
import dev.slipway.runtime.KafkaLogins;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Through a pair of topics. Nothing is opened before the first session. */
final class KafkaExecRelay implements ExecRelay, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaExecRelay.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String servers;
  private final HealthRegistry health;
  private volatile CountDownLatch listening = new CountDownLatch(1);
  private volatile boolean closed;
  private @Nullable Producer<String, byte[]> producer;
  private @Nullable BackgroundTask task;

  KafkaExecRelay(String servers, HealthRegistry health) {
    this.servers = servers;
    this.health = health;
  }

  @Override
  public boolean listen(Consumer<ExecOutput> listener) throws InterruptedException {
    synchronized (this) {
      if (task == null && !closed) {
        var reading = new BackgroundTask("exec-output", one -> read(one, listener));
        health.register(reading.status());
        reading.start();
        task = reading;
      }
    }
    return listening.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read(BackgroundTask reading, Consumer<ExecOutput> listener) {
    try (var consumer =
        new KafkaConsumer<>(
            KafkaLogins.settings(
                servers,
                Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "latest")),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topics.EXEC_OUTPUT.topic(), PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      listening.countDown();
      while (reading.isRunning()) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> tell(listener, record.value()));
        reading.progress();
      }
    } finally {
      listening = new CountDownLatch(1);
    }
  }

  private static void tell(Consumer<ExecOutput> listener, byte[] value) {
    try {
      listener.accept(Wire.read(value, ExecOutput.class));
    } catch (RuntimeException unreadable) {
      LOG.warn("What a session says can not be read: passed over");
    }
  }

  @Override
  public void send(ExecRequest request) {
    var open = producer();
    int partitions = open.partitionsFor(Topics.EXEC_REQUESTS.topic()).size();
    var _ =
        open.send(
            new ProducerRecord<>(
                Topics.EXEC_REQUESTS.topic(),
                Topics.partitionOf(request.node(), partitions),
                request.session(),
                Wire.write(request)));
  }

  private synchronized Producer<String, byte[]> producer() {
    var open = producer;
    if (open == null) {
      open =
          new KafkaProducer<>(
              KafkaLogins.settings(
                  servers,
                  Map.of(
                      ProducerConfig.ACKS_CONFIG,
                      "all",
                      ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                      true,
                      ProducerConfig.BUFFER_MEMORY_CONFIG,
                      8L << 20,
                      ProducerConfig.MAX_BLOCK_MS_CONFIG,
                      PATIENCE.toMillis())),
              new StringSerializer(),
              new ByteArraySerializer());
      producer = open;
    }
    return open;
  }

  @Override
  public void close() {
    closed = true;
    BackgroundTask reading;
    synchronized (this) {
      reading = task;
      if (producer != null) {
        producer.close(Duration.ofSeconds(1));
      }
    }
    if (reading != null) {
      reading.stop();
    }
  }
}
