package dev.slipway.query.events;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.projection.Projections;
import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The events' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import(EventController.class)
public class EventConfiguration {

  @Bean
  EventStore queryEventStore(MongoDatabase database) {
    return new EventStore(database, Clock.systemUTC());
  }

  /** Projections hand changes to the feed, which asks them whether they are built. */
  @Bean
  EventFeed queryEventFeed(
      EventStore store,
      ObjectProvider<Projections> projections,
      @Value("${slipway.events.max-age:7d}") Duration age) {
    return new EventFeed(store, () -> projections.getObject().areBuilt(), age);
  }

  @Bean
  EventKeeping queryEventKeeping(
      EventFeed feed,
      EventStore store,
      @Value("${slipway.events.max-age:7d}") Duration age,
      @Value("${slipway.events.max-events:100000}") long events) {
    return new EventKeeping(feed, store, new EventKeeping.Limits(age, events), Clock.systemUTC());
  }

  @Bean
  BackgroundTask queryEventFeedTask(EventKeeping keeping) {
    return keeping.feeding();
  }

  @Bean
  BackgroundTask queryEventRetentionTask(EventKeeping keeping) {
    return keeping.trimming();
  }
}
