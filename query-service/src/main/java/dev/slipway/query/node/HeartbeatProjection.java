package dev.slipway.query.node;

import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.Projection;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the last heartbeat of each node. */
final class HeartbeatProjection implements Projection<Heartbeat> {

  private final Nodes nodes;

  HeartbeatProjection(Nodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public Topics topic() {
    return Topics.HEARTBEATS;
  }

  @Override
  public void prepare() {
    nodes.prepare();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.IS_PASSED_OVER;
  }

  @Override
  public Heartbeat read(ConsumerRecord<String, byte[]> kafka) {
    return Wire.read(kafka.value(), Heartbeat.class);
  }

  @Override
  public void apply(List<Message<Heartbeat>> messages) {
    var last = new HashMap<String, Heartbeat>();
    messages.forEach(
        message ->
            last.merge(
                message.value().node().value(),
                message.value(),
                (one, other) -> other.at().isBefore(one.at()) ? one : other));
    nodes.heard(last.values());
  }
}
