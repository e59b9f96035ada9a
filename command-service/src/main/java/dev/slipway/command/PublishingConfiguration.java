package dev.slipway.command;

import dev.slipway.command.messaging.AggregateLocks;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.messaging.TopicSetup;
import dev.slipway.command.publishing.AssignmentFold;
import dev.slipway.command.publishing.ContainerEnvironment;
import dev.slipway.command.publishing.LogRepair;
import dev.slipway.command.publishing.ParkedSubjects;
import dev.slipway.command.publishing.Publisher;
import dev.slipway.command.publishing.PublishingFlow;
import dev.slipway.command.publishing.PublishingProgress;
import dev.slipway.command.registry.PullLogins;
import dev.slipway.command.secrets.MasterKey;
import dev.slipway.command.secrets.Seal;
import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.http.Policies;
import dev.slipway.model.api.Addressing;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.BrokerHealthCheck;
import dev.slipway.runtime.HealthRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Beans that send the log to Kafka, and that watch the publisher. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

  @Bean
  @DependsOn("schema")
  ParkedSubjects parkedSubjects(JdbcTemplate jdbc, HealthRegistry health, MeterRegistry meters) {
    var parked = new ParkedSubjects(jdbc);
    health.register("parked", parked::health);
    Gauge.builder("slipway.parked.subjects", parked, one -> one.all().size())
        .description("Subjects with an event that cannot be published")
        .register(meters);
    return parked;
  }

  @Bean
  RecordLimits recordLimits() {
    return new RecordLimits();
  }

  @Bean
  LogRepair logRepair(
      JdbcTemplate jdbc,
      PlatformTransactionManager transactions,
      ParkedSubjects parked,
      AxonOnPostgres axon,
      RecordLimits limits) {
    return new LogRepair(jdbc, new TransactionTemplate(transactions), parked, axon::forget, limits);
  }

  @Bean
  @DependsOn("schema")
  PublishingFlow publishingFlow(
      DataSource dataSource,
      @Value("${slipway.publishing-patience:30s}") Duration patience,
      InstantSource clock,
      Publisher publisher,
      HealthRegistry health) {
    var flow =
        new PublishingFlow(dataSource, patience, clock, () -> publisher.progress().isFilling());
    health.register("publishing", flow::health);
    return flow;
  }

  @Bean
  BackgroundTask publishingFlowWatch(PublishingFlow flow, ParkedSubjects parked) {
    return BackgroundTask.every(
        Duration.ofSeconds(1),
        "publishing-watch",
        () -> {
          parked.refresh();
          flow.look();
        });
  }

  @Bean
  BackgroundTask kafkaCheck(CommandServiceSettings settings, HealthRegistry health) {
    var check = new BrokerHealthCheck(settings.kafka());
    health.register("kafka", check::health);
    return check.task();
  }

  @Bean
  @DependsOn("schema")
  Seal seal(
      JdbcTemplate jdbc,
      @Value("${slipway.master-key-file:#{null}}") @Nullable Path file,
      @Value("${slipway.data:#{null}}") @Nullable Path data) {
    var inData = data == null ? null : data.resolve("secrets").resolve("master.key");
    return new Seal(jdbc, new MasterKey(file == null ? inData : file));
  }

  @Bean
  Publisher publisher(
      DataSource dataSource,
      KafkaClients kafka,
      ParkedSubjects parked,
      Addressing addressing,
      Policies policies,
      CommandServiceSettings settings,
      AggregateLocks locks,
      Seal seal) {
    return new Publisher(
        dataSource,
        kafka,
        new AssignmentFold(
            new ContainerEnvironment(addressing, settings.url()),
            policies::of,
            new PullLogins(seal)),
        parked,
        locks::areInUse);
  }

  @Bean
  BackgroundTask publishing(
      Publisher publisher,
      KafkaClients kafka,
      CommandServiceSettings settings,
      RecordLimits limits,
      @Value("${slipway.logs.max-age:7d}") Duration logAge,
      @Value("${slipway.logs.max-size:128MB}") DataSize logSize) {
    var lines = new TopicSetup.KeptLines(logAge, logSize);
    var topics = new TopicSetup(kafka, settings.eventPartitions(), lines, limits);
    return new BackgroundTask("publisher", task -> publisher.publish(task, topics));
  }

  /** Named so that health groups can name it. */
  @Bean("publisherHealthIndicator")
  HealthIndicator publisherHealth(Publisher publisher) {
    return () -> {
      var progress = publisher.progress();
      var problem = publisher.problem();
      boolean isUp = problem == null && progress.isReady();
      var health = isUp ? Health.up() : Health.outOfService();
      if (problem != null) {
        health.withDetail("problem", problem);
      }
      if (progress.stage() != PublishingProgress.Stage.STANDBY) {
        health.withDetail("filled", progress.percent() + " %");
      }
      return health.build();
    };
  }
}
