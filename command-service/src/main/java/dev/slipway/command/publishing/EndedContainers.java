package dev.slipway.command.publishing;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that agents report as unowned. A restore can make the label of a container refer to a
 * past that was lost, while the log has placed the same container and ended it since: an agent
 * cannot know that, so the publisher ends it by a record.
 */
final class EndedContainers {

  private static final Logger LOG = LoggerFactory.getLogger(EndedContainers.class);
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(5).toNanos();

  private final Map<ContainerId, Reported> reported = new ConcurrentHashMap<>();
  private long lastLook = System.nanoTime() - BETWEEN_LOOKS;

  private record Reported(NodeId node, ServiceId service) {}

  /** Takes what an agent reports; any thread may. */
  void hear(Heartbeat heartbeat) {
    var agent = heartbeat.agent();
    if (agent == null) {
      return;
    }
    for (var one : agent.unowned()) {
      var service = one.service();
      if (service != null) {
        reported.put(one.container(), new Reported(heartbeat.node(), service));
      }
    }
  }

  /** Records that end those of the reported containers that the log has ended. */
  List<ProducerRecord<String, byte[]>> records(EventLog log) throws SQLException {
    long now = System.nanoTime();
    if (reported.isEmpty() || now - lastLook < BETWEEN_LOOKS) {
      return List.of();
    }
    lastLook = now;
    var taken = Map.copyOf(reported);
    reported.keySet().removeAll(taken.keySet());
    var records = new ArrayList<ProducerRecord<String, byte[]>>();
    for (var one : taken.entrySet()) {
      if (hasEnded(one.getKey(), one.getValue(), log)) {
        LOG.info(
            "Ending container {} of node {}: its label is of a lost past, the log has ended it",
            one.getKey(),
            one.getValue().node());
        records.add(end(one.getKey(), one.getValue().node()));
      }
    }
    return records;
  }

  private static boolean hasEnded(ContainerId container, Reported reported, EventLog log)
      throws SQLException {
    @Nullable Service service = null;
    boolean placed = false;
    try {
      for (var dated : log.of(reported.service(), Long.MAX_VALUE)) {
        service = Service.evolve(service, dated.event(), dated.at());
        placed |=
            dated.event() instanceof ContainerPlaced event
                && event.container().equals(container)
                && event.node().equals(reported.node());
      }
    } catch (RuntimeException unreadable) {
      LOG.debug("Cannot read the log of service {}", reported.service(), unreadable);
      return false;
    }
    return placed && service != null && service.fleet().find(container).isEmpty();
  }

  private static ProducerRecord<String, byte[]> end(ContainerId container, NodeId node) {
    var topic = Topics.ASSIGNMENTS;
    return new ProducerRecord<>(
        topic.topic(), Topics.partitionOf(node, topic.partitions()), container.value(), null);
  }
}
