package dev.slipway.command;

import dev.slipway.command.messaging.AggregateLocks;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.messaging.Worker;
import dev.slipway.command.publishing.AssignmentFold;
import dev.slipway.command.publishing.ContainerEnvironment;
import dev.slipway.command.publishing.Publisher;
import dev.slipway.http.Policies;
import dev.slipway.model.api.Addressing;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Sends the log on to Kafka. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

  @Bean
  Publisher publisher(
      DataSource dataSource,
      KafkaClients kafka,
      Addressing addressing,
      Policies policies,
      CommandServiceSettings settings,
      AggregateLocks locks) {
    return new Publisher(
        dataSource,
        kafka,
        new AssignmentFold(new ContainerEnvironment(addressing, settings.url()), policies::of),
        locks::areInUse);
  }

  @Bean
  Worker publishing(
      Publisher publisher,
      KafkaClients kafka,
      CommandServiceSettings settings,
      @Value("${slipway.logs.max-age:7d}") Duration logAge,
      @Value("${slipway.logs.max-size:128MB}") DataSize logSize) {
    var lines = new TopicSetup.KeptLines(logAge, logSize);
    var topics = new TopicSetup(kafka, settings.eventPartitions(), lines);
    return new Worker(
        "publisher",
        worker -> {
          topics.createWhatIsMissing();
          publisher.publish(worker, topics);
        });
  }

  /** Named so that health groups can name it. */
  @Bean("publisherHealthIndicator")
  HealthIndicator publisherHealth(Publisher publisher) {
    return () -> {
      var progress = publisher.progress();
      var problem = publisher.problem();
      boolean isUp = problem == null && !progress.isFilling();
      var health = isUp ? Health.up() : Health.outOfService();
      if (problem != null) {
        health.withDetail("problem", problem);
      }
      if (progress.publishes()) {
        health.withDetail("filled", progress.percent() + " %");
      }
      return health.build();
    };
  }
}
