package dev.slipway.query.exec;

import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecRequest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The sessions of this process, and what was said of each and is not read yet. */
final class ExecSessions implements SmartLifecycle, MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(ExecSessions.class);

  private static final int MOST = 200;

  /** An agent sends no more bytes ahead than that, so this is never full unless it goes wrong. */
  private static final int ROOM = 300_000;

  private final ExecRelay relay;
  private final Map<String, BlockingQueue<ExecOutput>> queues = new ConcurrentHashMap<>();
  private volatile boolean running;

  ExecSessions(ExecRelay relay) {
    this.relay = relay;
  }

  ExecRelay relay() {
    return relay;
  }

  boolean areTooMany() {
    return queues.size() >= MOST;
  }

  BlockingQueue<ExecOutput> begin(String session) {
    var queue = new LinkedBlockingQueue<ExecOutput>(ROOM);
    queues.put(session, queue);
    return queue;
  }

  /** Has a session that may not be recorded; whoever asked does not wait for that. */
  void refuse(ExecRequest.Open open, String problem) {
    var refused = new ExecRequest.Refused(open.session(), open.node(), open.asked(), problem);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                relay.send(refused);
              } catch (RuntimeException failure) {
                LOG.warn("Session {} is refused unrecorded: {}", open.session(), problem, failure);
              }
            });
  }

  void end(String session) {
    queues.remove(session);
  }

  /** Sessions of other processes are heard of too. */
  void take(ExecOutput output) {
    var queue = queues.get(output.session());
    if (queue != null && !queue.offer(output)) {
      queues.remove(output.session());
      queue.clear();
      boolean _ = queue.offer(new ExecOutput.Ended(output.session(), "the client does not read"));
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("slipway.exec.sessions", queues, Map::size)
        .description("Commands that are run by hand in containers")
        .register(registry);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    List.copyOf(queues.entrySet())
        .forEach(
            entry -> {
              boolean _ =
                  entry.getValue().offer(new ExecOutput.Ended(entry.getKey(), "the server stops"));
            });
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
