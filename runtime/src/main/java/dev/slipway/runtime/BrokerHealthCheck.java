package dev.slipway.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka every few seconds whether it answers, over one connection that is kept. */
public final class BrokerHealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerHealthCheck.class);
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private final String servers;
  private final Instant begin = Instant.now();
  private volatile @Nullable Instant awaySince;
  private volatile boolean checked;
  private @Nullable Instant lastLine;

  public BrokerHealthCheck(String servers) {
    this.servers = servers;
  }

  /** The task that asks. */
  public BackgroundTask task() {
    return new BackgroundTask("kafka-check", this::run);
  }

  private void run(BackgroundTask task) {
    var admin =
        Admin.create(
            KafkaLogins.settings(
                servers, Map.of(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000)));
    try {
      while (task.isRunning()) {
        check(admin);
        task.progress();
        task.pause(BETWEEN_CHECKS);
      }
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private void check(Admin admin) {
    try {
      var _ = admin.describeCluster().clusterId().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (awaySince != null) {
        LOG.info("Kafka at {} answers again", servers);
      }
      awaySince = null;
      lastLine = null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception away) {
      away();
    }
    checked = true;
  }

  private void away() {
    var now = Instant.now();
    if (awaySince == null) {
      awaySince = now;
    }
    if (lastLine == null || now.isAfter(lastLine.plus(BETWEEN_LINES))) {
      lastLine = now;
      LOG.warn("Kafka at {} does not answer since {}; retrying", servers, awaySince);
    }
  }

  public HealthState health() {
    var since = awaySince;
    if (since != null) {
      return HealthState.down("Kafka at %s does not answer since %s".formatted(servers, since));
    }
    return checked
        ? HealthState.up()
        : HealthState.down("Kafka has not been asked since the start at " + begin);
  }
}
