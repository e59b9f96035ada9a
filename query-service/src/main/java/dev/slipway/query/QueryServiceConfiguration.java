package dev.slipway.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.slipway.query.action.ActionConfiguration;
import dev.slipway.query.console.ConsoleConfiguration;
import dev.slipway.query.container.ContainerConfiguration;
import dev.slipway.query.events.EventConfiguration;
import dev.slipway.query.exec.ExecConfiguration;
import dev.slipway.query.history.HistoryConfiguration;
import dev.slipway.query.logs.LogConfiguration;
import dev.slipway.query.node.NodeConfiguration;
import dev.slipway.query.openapi.OpenApiConfiguration;
import dev.slipway.query.paging.EmptyLists;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.projection.ProjectionConfiguration;
import dev.slipway.query.repository.RegistryController;
import dev.slipway.query.server.ServerConfiguration;
import dev.slipway.query.service.ServiceConfiguration;
import dev.slipway.query.stack.StackConfiguration;
import dev.slipway.query.stream.StreamConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The query side as a part of a process; whose HTTP boundary and settings are the process's. */
@Configuration(proxyBeanMethods = false)
@Import({
  ProjectionConfiguration.class,
  ServiceConfiguration.class,
  ContainerConfiguration.class,
  StackConfiguration.class,
  NodeConfiguration.class,
  ActionConfiguration.class,
  StreamConfiguration.class,
  EventConfiguration.class,
  HistoryConfiguration.class,
  LogConfiguration.class,
  OpenApiConfiguration.class,
  ExecConfiguration.class,
  ServerConfiguration.class,
  ConsoleConfiguration.class,
  EmptyLists.class,
  RegistryController.class
})
public class QueryServiceConfiguration {

  private static final String DEFAULT_DATABASE = "slipway";

  @Bean
  MongoClient queryMongoClient(
      @Value("${slipway.mongodb:mongodb://127.0.0.1:27017/slipway}") String connection) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket ->
                    socket.connectTimeout(3, TimeUnit.SECONDS).readTimeout(1, TimeUnit.MINUTES))
            .applyConnectionString(new ConnectionString(connection))
            .applicationName("slipway-query")
            .build());
  }

  @Bean
  MongoDatabase queryMongoDatabase(
      MongoClient client,
      @Value("${slipway.mongodb:mongodb://127.0.0.1:27017/slipway}") String connection) {
    var database = new ConnectionString(connection).getDatabase();
    return client.getDatabase(Objects.requireNonNullElse(database, DEFAULT_DATABASE));
  }

  @Bean
  Presence queryPresence(@Value("${slipway.terminated-shown:1h}") Duration shown) {
    return new Presence(Clock.systemUTC(), shown);
  }
}
