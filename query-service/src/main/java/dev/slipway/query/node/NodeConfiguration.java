package dev.slipway.query.node;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.container.Containers;
import dev.slipway.query.events.EventFeed;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.AppliedVersions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The nodes' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import(NodeController.class)
public class NodeConfiguration {

  @Bean
  Nodes queryNodes(MongoDatabase database, Containers containers, Presence presence) {
    return new Nodes(database, containers, presence);
  }

  @Bean
  NodeTroubles queryNodeTroubles(MongoDatabase database) {
    return new NodeTroubles(database);
  }

  @Bean
  NodeProjection queryNodeProjection(Nodes nodes, EventFeed feed, AppliedVersions applied) {
    return new NodeProjection(nodes, feed, applied);
  }

  @Bean
  HeartbeatProjection queryHeartbeatProjection(Nodes nodes) {
    return new HeartbeatProjection(nodes);
  }
}
