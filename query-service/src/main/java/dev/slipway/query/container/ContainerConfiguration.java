package dev.slipway.query.container;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.paging.Presence;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The containers' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import(ContainerController.class)
public class ContainerConfiguration {

  @Bean
  Containers queryContainers(MongoDatabase database, Presence presence) {
    return new Containers(database, presence);
  }
}
