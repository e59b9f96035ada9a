package dev.slipway.query.projection;

import com.mongodb.client.MongoDatabase;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;

/**
 * Drops views that an older program wrote in another form, once those of this form are built: until
 * then an instance of the older program may still answer from them.
 */
final class OldForms {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final MongoDatabase database;
  private final Projections projections;
  private boolean dropped;

  OldForms(MongoDatabase database, Projections projections) {
    this.database = database;
    this.projections = projections;
  }

  private void look() {
    if (!dropped && projections.areBuilt()) {
      ViewCollection.dropOlder(database);
      dropped = true;
    }
  }

  /** The task that does so. */
  BackgroundTask task() {
    return BackgroundTask.every(PAUSE, "old-views", this::look);
  }
}
