package dev.slipway.agent.reconcile;

import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.ContainerReport.Waiting;
import dev.slipway.model.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports why the node cannot yet do what is wanted of a container. A wait is reported once it has
 * lasted for a while, and again only when its reason changes or a report may have been lost.
 */
final class WaitingReports {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingReports.class);
  private static final Duration REPEAT = Duration.ofMinutes(3);
  private static final int MAX_REASON_CHARACTERS = 500;

  /** Waits that end sooner are not reported. */
  static final Duration DELAY = Duration.ofSeconds(3);

  /** A reason for waiting that was noted, and since when the container waits. */
  private record Wait(long version, String reason, Instant since) {}

  /** A reason that was reported last. */
  private record Sent(long version, String reason, Instant at) {}

  private final Map<ContainerId, Wait> waits = new ConcurrentHashMap<>();
  private final Map<ContainerId, Sent> sent = new ConcurrentHashMap<>();
  private final NodeId node;
  private final Reports reports;
  private final ChangeThrottle throttle;
  private final InstantSource clock;

  WaitingReports(NodeId node, Reports reports, InstantSource clock) {
    this.node = node;
    this.reports = reports;
    this.throttle = new ChangeThrottle(clock);
    this.clock = clock;
  }

  /** Does what may last; if it does, the reason is reported meanwhile. */
  <T> T during(Assignment assignment, String reason, Supplier<T> work) {
    var watch =
        Thread.startVirtualThread(
            () -> {
              try {
                for (var pause = DELAY; true; pause = REPEAT) {
                  Thread.sleep(pause);
                  send(assignment, cut(reason));
                }
              } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      return work.get();
    } finally {
      watch.interrupt();
    }
  }

  /** Notes that the container waits, and reports it if it has done so for a while. */
  void waits(Assignment assignment, String reason) {
    var now = clock.instant();
    var cut = cut(reason);
    var wait =
        waits.compute(
            assignment.container(),
            (_, last) ->
                last == null || last.version() != assignment.version()
                    ? new Wait(assignment.version(), cut, now)
                    : new Wait(last.version(), cut, last.since()));
    if (!wait.since().plus(DELAY).isAfter(now)) {
      send(assignment, cut);
    }
  }

  private void send(Assignment assignment, String reason) {
    var container = assignment.container();
    var now = clock.instant();
    var last = sent.get(container);
    boolean known =
        last != null
            && last.version() == assignment.version()
            && last.reason().equals(reason)
            && last.at().plus(REPEAT).isAfter(now);
    if (!known && throttle.pause(container).isZero()) {
      sent.put(container, new Sent(assignment.version(), reason, now));
      throttle.reported(container);
      LOG.info("Container {} waits: {}", assignment.spec().name(), reason);
      reports.send(new Waiting(assignment.service(), container, node, now, reason));
    }
  }

  private static String cut(String reason) {
    return reason.length() <= MAX_REASON_CHARACTERS
        ? reason
        : reason.substring(0, MAX_REASON_CHARACTERS) + "…";
  }

  /** The container waits no more. */
  void over(ContainerId container) {
    waits.remove(container);
    sent.remove(container);
  }

  void forget(ContainerId container) {
    over(container);
    throttle.forget(container);
  }
}
