package dev.slipway.standalone.audit;

import static dev.slipway.standalone.audit.Promise.K2;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.Container;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** K2: compares the newest assignment of each container with what follows from the log. */
final class AssignmentCheck {

  private final Violations violations = new Violations();
  private final Map<String, Newest> newest = new HashMap<>();
  private final Set<String> listed = new HashSet<>();

  /** The compared fields of an assignment. */
  record Newest(int partition, ServiceId service, NodeId node, Wanted wanted) {}

  /** Takes the next record of the topic. */
  void see(TopicPartition partition, ConsumerRecord<String, byte[]> kafka) {
    var key = kafka.key();
    if (AssignmentList.isKey(key)) {
      listed.add(key);
    } else if (kafka.value() == null) {
      newest.remove(key);
    } else {
      read(partition, key, kafka.value());
    }
  }

  private void read(TopicPartition partition, String key, byte[] value) {
    try {
      var read = Wire.read(value, Assignment.class);
      newest.put(
          key, new Newest(partition.partition(), read.service(), read.node(), read.wanted()));
    } catch (RuntimeException unreadable) {
      var _ = violations.add(K2, "cannot be read", key, "its assignment cannot be read");
    }
  }

  int containers() {
    return newest.size();
  }

  /** All differences; asked once, when all records were read. */
  List<Violation> end(LogFold log, int partitions) {
    if (partitions == 0) {
      return List.of(); // the topic is missing, which is reported once
    }
    log.services().forEach(service -> compare(service, partitions));
    newest.forEach((container, found) -> compareBack(new ContainerId(container), found, log));
    log.nodes()
        .forEach(
            (node, logged) -> {
              if (!logged.terminated() && !listed.contains(AssignmentList.key(node))) {
                add("lack a list", "node " + node, "Kafka has no complete list of its containers");
              }
            });
    return violations.all();
  }

  private void compare(Service service, int partitions) {
    for (var wanted : service.fleet().containers()) {
      var found = newest.get(wanted.id().value());
      var name = "%s (%s)".formatted(service.name(wanted), wanted.id());
      if (found == null) {
        add("are missing in Kafka", service.id().value(), name + " has no assignment in Kafka");
      } else if (!found.node().equals(wanted.node())
          || found.partition() != Topics.partitionOf(wanted.node(), partitions)) {
        add("are for other nodes", service.id().value(), name + " is assigned to another node");
      } else if (!allows(wanted, found.wanted())) {
        add(
            "differ",
            service.id().value(),
            "%s is %s and assigned to be %s"
                .formatted(name, wanted.phase().text(), found.wanted()));
      }
    }
  }

  private static boolean allows(Container container, Wanted found) {
    return switch (found) {
      case RUNNING, STOPPED -> container.phase().wanted() == found;
      case REMOVED, ERASED -> container.is(ContainerPhase.TERMINATING);
    };
  }

  /** An assignment that removes may outlive what it removes. */
  private void compareBack(ContainerId container, Newest found, LogFold log) {
    boolean keeps = found.wanted() == Wanted.RUNNING || found.wanted() == Wanted.STOPPED;
    if (keeps && log.ownerOf(container).isEmpty()) {
      add(
          "are not in PostgreSQL",
          found.service().value(),
          "container %s is assigned to be %s, and PostgreSQL does not have it"
              .formatted(container, found.wanted()));
    }
  }

  private void add(String kind, String subject, String what) {
    var _ = violations.add(K2, "assignments " + kind, subject, what);
  }
}
