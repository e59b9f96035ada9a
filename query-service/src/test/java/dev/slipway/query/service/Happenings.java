package dev.slipway.query.service;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.PublishedPort;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.*;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Envelope;
import dev.slipway.model.wire.EventRecords;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What may happen to services: scripted for examples, or at random from a seed. */
public final class Happenings {

  public static final Namespace NAMESPACE = new Namespace("admin");
  public static final NodeId NODE = new NodeId("3f0c7d7e-0000-4000-8000-0000000000aa");
  public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private Happenings() {}

  public static ServiceDefinition definition(String name) {
    return ServiceDefinition.read(
        Map.of(
            "image",
            "demo/hello:latest",
            "name",
            name,
            "target_num_containers",
            2,
            "container_ports",
            List.of(Map.of("protocol", "tcp", "inner_port", 80, "outer_port", 8080)),
            "container_envvars",
            List.of(Map.of("key", "DB_PASS", "value", "s3cret"))));
  }

  /** A service that is created, started, and has two containers running. */
  public static List<ServiceEvent> running(ServiceId id, String name) {
    var one = ContainerId.of(id, 1, 1);
    var two = ContainerId.of(id, 2, 1);
    var operation = new ActionId(new UUID(7, 7).toString());
    var ports = List.of(new PublishedPort(Protocol.TCP, 80, 8080));
    return List.of(
        new ServiceCreated(id, NAMESPACE, definition(name), null),
        new OperationBegun(
            id,
            operation,
            OperationKind.START,
            START.plus(Duration.ofMinutes(10)),
            true,
            List.of()),
        new ContainerPlaced(id, one, 1, 1, 1, NODE, List.of(), List.of(), null, null),
        new ContainerPlaced(id, two, 2, 1, 1, NODE, List.of(), List.of(), null, null),
        new ContainerCreated(id, one, "engine-1", null),
        new ContainerCreated(id, two, "engine-2", null),
        new ContainerStarted(id, one, "engine-1", "172.17.0.2", ports, null, null, null),
        new ContainerStarted(id, two, "engine-2", "172.17.0.3", List.of(), null, null, null),
        new OperationEnded(id, operation, true, null));
  }

  public static List<ServiceEvent> terminated(ServiceId id) {
    var operation = new ActionId(new UUID(8, 8).toString());
    var one = ContainerId.of(id, 1, 1);
    var two = ContainerId.of(id, 2, 1);
    return List.of(
        new OperationBegun(id, operation, OperationKind.TERMINATE, START, true, List.of()),
        new ContainerRemoved(id, one, null),
        new ContainerRemoved(id, two, null),
        new OperationEnded(id, operation, true, null),
        new ServiceTerminated(id));
  }

  /** A log of one service, whether or not a decider would ever write it. */
  public static List<ServiceEvent> random(long seed, ServiceId id, int length) {
    var random = new Random(seed);
    var events = new ArrayList<ServiceEvent>();
    events.add(new ServiceCreated(id, NAMESPACE, definition("web-" + seed), null));
    while (events.size() < length) {
      events.add(random(random, id));
    }
    return events;
  }

  private static ServiceEvent random(Random random, ServiceId id) {
    int slot = 1 + random.nextInt(4);
    int generation = 1 + random.nextInt(3);
    var container = ContainerId.of(id, slot, generation);
    var operation = new ActionId(new UUID(random.nextLong(), 1).toString());
    return switch (random.nextInt(14)) {
      case 0 ->
          new ServiceUpdated(
              id, ServiceDefinition.read(Map.of("image", "demo/hello:" + random.nextInt(9))));
      case 1 ->
          new OperationBegun(
              id,
              operation,
              OperationKind.values()[random.nextInt(5)],
              START.plusSeconds(random.nextInt(999)),
              random.nextBoolean(),
              List.of());
      case 2, 3, 4 ->
          new ContainerPlaced(
              id,
              container,
              slot,
              generation,
              1 + random.nextInt(2),
              NODE,
              List.of(),
              List.of(),
              null,
              null);
      case 5 -> new PlacementRefused(id, slot, "no node fits", Map.of(NODE, "full"), true);
      case 6 -> new ContainerStartRequested(id, container);
      case 7 -> new ContainerStopRequested(id, container);
      case 8 -> new ContainerCreated(id, container, "engine", null);
      case 9 ->
          new ContainerStarted(id, container, "engine", "172.17.0.9", List.of(), null, null, null);
      case 10 -> new ContainerExited(id, container, random.nextInt(3), false, null, null, null);
      case 11 -> new ContainerFailed(id, container, "no such image");
      case 12 -> new ContainerRemoved(id, container, null);
      default -> new OperationEnded(id, operation, true, null);
    };
  }

  public static Envelope<Object> envelope(ServiceEvent event, long sequence) {
    return new Envelope<>(
        event.serviceId() + "/" + sequence,
        event.serviceId().value(),
        sequence,
        sequence,
        START.plusSeconds(sequence),
        Map.of("user", "admin", "reason", "because"),
        event);
  }

  public static ProducerRecord<String, byte[]> record(ServiceEvent event, long sequence) {
    return record(
        Topics.SERVICE_EVENTS,
        event.serviceId().value(),
        event,
        sequence,
        START.plusSeconds(sequence));
  }

  public static ProducerRecord<String, byte[]> record(
      Topics topic, String subject, Object event, long sequence, Instant at) {
    return record(topic, subject, event, sequence, at, Map.of("user", "admin"));
  }

  /** With what is known of who asked and why. */
  public static ProducerRecord<String, byte[]> record(
      Topics topic,
      String subject,
      Object event,
      long sequence,
      Instant at,
      Map<String, String> metadata) {
    var envelope =
        new Envelope<>(
            subject + "/" + sequence,
            subject,
            sequence,
            at.toEpochMilli() * 100 + sequence,
            at,
            metadata,
            Wire.write(event));
    return EventRecords.write(
        topic, envelope, event.getClass().getSimpleName(), EventTypes.revision(event.getClass()));
  }

  public static List<ProducerRecord<String, byte[]>> records(List<ServiceEvent> events) {
    return records(events, 0);
  }

  public static List<ProducerRecord<String, byte[]>> records(
      List<ServiceEvent> events, long firstSequence) {
    var records = new ArrayList<ProducerRecord<String, byte[]>>();
    for (var event : events) {
      records.add(record(event, firstSequence + records.size()));
    }
    return records;
  }
}
