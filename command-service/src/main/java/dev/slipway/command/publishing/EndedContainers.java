package dev.slipway.command.publishing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.AgentState.Unowned;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.wire.Topics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers that agents report as unowned. The publisher ends those of them that the log has
 * ended, which an agent cannot know where the label refers to a lost past, and those whose removal
 * a user has requested before Kafka lost that.
 */
final class EndedContainers {

  private static final Logger LOG = LoggerFactory.getLogger(EndedContainers.class);
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(5).toNanos();
  private static final int SUBJECTS_KEPT = 1_000;

  private final Map<ContainerId, Reported> reported = new ConcurrentHashMap<>();
  private final Cache<String, ContainerEnds> known =
      Caffeine.newBuilder().maximumSize(SUBJECTS_KEPT).executor(Runnable::run).build();
  private long lastLook = System.nanoTime() - BETWEEN_LOOKS;

  private record Reported(NodeId node, Unowned container) {}

  /** Takes what an agent reports; any thread may. */
  void hear(Heartbeat heartbeat) {
    var agent = heartbeat.agent();
    if (agent == null) {
      return;
    }
    for (var one : agent.unowned()) {
      if (one.service() != null) {
        reported.put(one.container(), new Reported(heartbeat.node(), one));
      }
    }
  }

  /** Forgets what the log said: another publisher may have written, or an older log is there. */
  void forget() {
    known.invalidateAll();
  }

  /** Records that end those of the reported containers that are to end. */
  List<ProducerRecord<String, byte[]>> records(EventLog log) throws SQLException {
    long now = System.nanoTime();
    if (reported.isEmpty() || now - lastLook < BETWEEN_LOOKS) {
      return List.of();
    }
    lastLook = now;
    return look(log);
  }

  List<ProducerRecord<String, byte[]>> look(EventLog log) throws SQLException {
    var taken = Map.copyOf(reported);
    reported.keySet().removeAll(taken.keySet());
    var read = new HashMap<String, ContainerEnds>(); // a log is asked once for all its containers
    var records = new ArrayList<ProducerRecord<String, byte[]>>();
    for (var one : taken.values()) {
      var container = one.container().container();
      if (isToEnd(one, log, read)) {
        LOG.info(
            "Ending unowned container {} of node {}: the log has ended it", container, one.node());
        records.add(end(container, one.node()));
      }
    }
    return records;
  }

  private boolean isToEnd(Reported one, EventLog log, Map<String, ContainerEnds> read)
      throws SQLException {
    var container = one.container();
    return ends(String.valueOf(container.service()), log, read)
            .hasEnded(container.container(), one.node())
        || ends(one.node().value(), log, read)
            .isToBeRemoved(container.container(), container.made());
  }

  private ContainerEnds ends(String subject, EventLog log, Map<String, ContainerEnds> read)
      throws SQLException {
    var before = read.get(subject);
    if (before != null) {
      return before;
    }
    var ends = known.get(subject, _ -> new ContainerEnds());
    ends.read(log.connection(), subject);
    read.put(subject, ends);
    return ends;
  }

  private static ProducerRecord<String, byte[]> end(ContainerId container, NodeId node) {
    var topic = Topics.ASSIGNMENTS;
    return new ProducerRecord<>(
        topic.topic(), Topics.partitionOf(node, topic.partitions()), container.value(), null);
  }
}
