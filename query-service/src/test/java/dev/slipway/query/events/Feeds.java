package dev.slipway.query.events;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;

/** Feeds for tests of projections, which are never built: all is kept, nobody is told. */
public final class Feeds {

  private Feeds() {}

  public static EventFeed on(MongoDatabase database) {
    return new EventFeed(
        new EventStore(database, Clock.systemUTC()), () -> false, Duration.ofDays(100_000));
  }
}
