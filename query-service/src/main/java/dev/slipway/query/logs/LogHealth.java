package dev.slipway.query.logs;

import com.mongodb.MongoException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows how far back logs can be read, and what limits that. */
final class LogHealth implements HealthIndicator {

  private final LogStore store;
  private final LogRetention.Limits limits;

  LogHealth(LogStore store, LogRetention.Limits limits) {
    this.store = store;
    this.limits = limits;
  }

  @Override
  public Health health() {
    var health =
        Health.up()
            .withDetail("maxAge", limits.age().toString())
            .withDetail("maxLines", limits.lines())
            .withDetail("maxSize", limits.size().toString());
    try {
      health.withDetail("lines", store.count());
      store.oldest().ifPresent(oldest -> health.withDetail("oldest", oldest.toString()));
      return health.build();
    } catch (MongoException unreachable) {
      return health.down(unreachable).build();
    }
  }
}
