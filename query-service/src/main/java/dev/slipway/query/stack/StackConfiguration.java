package dev.slipway.query.stack;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.AppliedVersions;
import dev.slipway.query.service.Services;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The stacks' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import({StackController.class, StackHistoryController.class})
public class StackConfiguration {

  @Bean
  Stacks queryStacks(MongoDatabase database, Services services, Presence presence) {
    return new Stacks(database, services, presence);
  }

  @Bean
  StackExport queryStackExport(Services services) {
    return new StackExport(services);
  }

  @Bean
  StackStates queryStackStates(MongoDatabase database, Stacks stacks, EventFeed feed) {
    return new StackStates(database, stacks, feed);
  }

  @Bean
  StackHistory queryStackHistory(MongoDatabase database) {
    return new StackHistory(database);
  }

  @Bean
  StackProjection queryStackProjection(
      Stacks stacks,
      StackStates states,
      StackHistory history,
      AppliedVersions applied,
      EventFeed feed) {
    return new StackProjection(stacks, states, history, applied, feed);
  }
}
