package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.Newest;
import dev.slipway.query.projection.Projection;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores lines, then hands them to those who follow. */
final class LogProjection implements Projection<LogLines> {

  private final LogStore store;
  private final LogProgress progress;
  private final Followers followers;
  private final LogRetention retention;

  LogProjection(LogStore store, LogProgress progress, Followers followers, LogRetention retention) {
    this.store = store;
    this.progress = progress;
    this.followers = followers;
    this.retention = retention;
  }

  @Override
  public Topics topic() {
    return Topics.LOGS;
  }

  @Override
  public void prepare() {
    store.prepare();
  }

  @Override
  public Unreadable unreadable() {
    return Unreadable.IS_PASSED_OVER;
  }

  @Override
  public Newest newest() {
    return new Newest(retention.limits().age(), retention.limits().lines());
  }

  /** Once, each record held a single line. */
  @Override
  public LogLines read(ConsumerRecord<String, byte[]> kafka) {
    var lines = Wire.read(kafka.value(), LogLines.class);
    return lines.lines().isEmpty() ? LogLines.of(Wire.read(kafka.value(), LogLine.class)) : lines;
  }

  @Override
  public void apply(List<Message<LogLines>> records) {
    var fresh = store.add(records);
    var last = new HashMap<Integer, Long>();
    records.forEach(one -> last.put(one.partition(), Arrival.before(one.offset() + 1)));
    progress.stored(last);
    followers.publish(fresh);
    retention.added(fresh);
  }
}
