package dev.slipway.query.projection;

import com.mongodb.client.MongoDatabase;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drops views that an older program wrote in another form, once those of this form are built: until
 * then an instance of the older program may still answer from them.
 */
final class OldForms implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(OldForms.class);

  private final MongoDatabase database;
  private final Projections projections;
  private @Nullable ScheduledExecutorService timer;

  OldForms(MongoDatabase database, Projections projections) {
    this.database = database;
    this.projections = projections;
  }

  private void look() {
    try {
      if (projections.areBuilt()) {
        ViewCollection.dropOlder(database);
        stop();
      }
    } catch (RuntimeException failure) {
      LOG.warn("Views of an older form can not be dropped now: {}", failure.getMessage());
    }
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("old-views").factory());
    started.scheduleWithFixedDelay(this::look, 5, 5, TimeUnit.SECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    var started = timer;
    if (started != null) {
      started.shutdown();
    }
    timer = null;
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
