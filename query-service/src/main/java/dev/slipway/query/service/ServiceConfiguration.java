package dev.slipway.query.service;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.history.History;
import dev.slipway.query.node.Nodes;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.AppliedVersions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The services' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import({ServiceController.class, TriggerController.class, WhyController.class})
public class ServiceConfiguration {

  @Bean
  Services queryServices(MongoDatabase database, Presence presence) {
    return new Services(database, presence);
  }

  @Bean
  TroubledServices queryTroubledServices(Services services, Nodes nodes) {
    return new TroubledServices(services, nodes);
  }

  @Bean
  ServiceProjection queryServiceProjection(
      Services services,
      Containers containers,
      History history,
      EventFeed feed,
      StackWatch stacks,
      AppliedVersions applied) {
    var views = new ServiceProjection.Views(services, containers, history);
    return new ServiceProjection(views, feed, stacks, applied);
  }
}
