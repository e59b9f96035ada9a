package dev.slipway.query.action;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.projection.AppliedVersions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The actions' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import({ActionController.class, ActionLogController.class})
public class ActionConfiguration {

  @Bean
  Actions queryActions(MongoDatabase database) {
    return new Actions(database);
  }

  @Bean
  ActionProjection queryActionProjection(Actions actions, EventFeed feed, AppliedVersions applied) {
    return new ActionProjection(actions, feed, applied);
  }
}
