package dev.slipway.command.service;

import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.Readable;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what agents report into commands: one for all that a poll brings of a service. Offsets are
 * committed after the commands, so that a report is read again rather than lost.
 */
public final class ReportInbox {

  private static final Logger LOG = LoggerFactory.getLogger(ReportInbox.class);
  private static final String PART = "node-agent";

  private final Commands commands;
  private final KafkaClients kafka;

  public ReportInbox(Commands commands, KafkaClients kafka) {
    this.commands = commands;
    this.kafka = kafka;
  }

  /** Reads until the worker stops. */
  public void read(BackgroundTask worker) throws Exception {
    try (var consumer = kafka.consumer("slipway-command");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      consumer.subscribe(List.of(Topics.REPORTS.topic()));
      while (worker.isRunning()) {
        turn(consumer, threads);
      }
    }
  }

  void turn(Consumer<String, byte[]> consumer, ExecutorService threads) throws Exception {
    var records = consumer.poll(Duration.ofMillis(500));
    if (records.isEmpty()) {
      return;
    }
    var sent =
        byService(records).entrySet().stream()
            .map(e -> threads.submit(() -> send(e.getKey(), e.getValue())))
            .toList();
    for (var one : sent) {
      one.get();
    }
    consumer.commitSync();
  }

  private static Map<ServiceId, List<ContainerReport>> byService(
      ConsumerRecords<String, byte[]> records) {
    return Readable.of(records, ReportInbox::report).stream()
        .collect(
            Collectors.groupingBy(
                ContainerReport::service, LinkedHashMap::new, Collectors.toList()));
  }

  /** One that lacks what each must have is none. */
  private static ContainerReport report(byte[] json) {
    var report = Wire.read(json, ContainerReport.class);
    Stream.of(report.service(), report.container(), report.node(), report.at())
        .forEach(Objects::requireNonNull);
    return report;
  }

  private void send(ServiceId service, List<ContainerReport> reports) {
    try {
      commands.send(new ReportContainers(service, reports), service, PART);
    } catch (AggregateNotFoundException unknown) {
      LOG.warn("A node reports on service {}, which is in no log", service);
    }
  }
}
