package dev.slipway.query.action;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The actions' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import({ActionController.class, ActionLogController.class})
public class ActionConfiguration {

  @Bean
  Actions queryActions(MongoDatabase database, Containers containers) {
    return new Actions(database, containers);
  }

  @Bean
  ActionRetention queryActionRetention(
      Actions actions,
      @Value("${slipway.actions.max-per-object:100}") int perObject,
      @Value("${slipway.actions.max-age:30d}") Duration age) {
    return new ActionRetention(
        actions, new ActionRetention.Limits(perObject, age), Clock.systemUTC());
  }

  @Bean
  BackgroundTask queryActionRetentionTask(ActionRetention retention) {
    return retention.task();
  }

  @Bean
  ActionProjection queryActionProjection(Actions actions, EventFeed feed, AppliedVersions applied) {
    return new ActionProjection(actions, feed, applied);
  }
}
