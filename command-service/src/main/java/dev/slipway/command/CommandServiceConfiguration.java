package dev.slipway.command;

import com.zaxxer.hikari.HikariDataSource;
import dev.slipway.command.account.AccountAggregates;
import dev.slipway.command.account.AccountConfiguration;
import dev.slipway.command.api.CommandApiConfiguration;
import dev.slipway.command.exec.ExecActions;
import dev.slipway.command.exec.ExecInbox;
import dev.slipway.command.ledger.ClusterView;
import dev.slipway.command.ledger.Ledger;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.messaging.AggregateLocks;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.messaging.KafkaClients;
import dev.slipway.command.node.Heartbeats;
import dev.slipway.command.node.NodeAdmission;
import dev.slipway.command.node.NodeAggregates;
import dev.slipway.command.node.NodeConfiguration;
import dev.slipway.command.node.NodeWatch;
import dev.slipway.command.publishing.ParkedSubjects;
import dev.slipway.command.publishing.Publisher;
import dev.slipway.command.publishing.PublishingFlow;
import dev.slipway.command.quota.QuotaConfiguration;
import dev.slipway.command.quota.QuotaWriter;
import dev.slipway.command.scheduling.Cluster;
import dev.slipway.command.service.HostRules;
import dev.slipway.command.service.ReportInbox;
import dev.slipway.command.service.ServiceAggregates;
import dev.slipway.command.service.Timekeeper;
import dev.slipway.command.service.VolumeUsers;
import dev.slipway.command.stack.StackAggregates;
import dev.slipway.command.stack.StackConfiguration;
import dev.slipway.command.stack.StackLedger;
import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Directory;
import dev.slipway.http.HttpBoundaryConfiguration;
import dev.slipway.http.Policies;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.wire.MetadataKeys;
import dev.slipway.runtime.BackgroundTask;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The command side as a whole, for a process of its own or for one with the other sides. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CommandServiceSettings.class)
@Import({
  HttpBoundaryConfiguration.class,
  CommandApiConfiguration.class,
  AccountConfiguration.class,
  StackConfiguration.class,
  NodeConfiguration.class,
  PublishingConfiguration.class,
  QuotaConfiguration.class
})
public class CommandServiceConfiguration {

  /** The publisher, the timekeeper, snapshots and health checks. */
  private static final int CONNECTIONS_FOR_OTHERS = 8;

  /** A request is then answered 503: it must not hang while PostgreSQL is down. */
  private static final Duration LONGEST_WAIT_FOR_A_CONNECTION = Duration.ofSeconds(8);

  /** PostgreSQL may have been restored from a dump since: new events must come after the old. */
  private static final String KEEP_LOG_ORDER =
      "DO $$ BEGIN IF to_regproc('keep_log_order') IS NOT NULL THEN"
          + " PERFORM keep_log_order(); END IF; END $$";

  @Bean
  HikariDataSource dataSource(CommandServiceSettings settings) {
    var dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(settings.postgres());
    dataSource.setMaximumPoolSize(settings.connections());
    dataSource.setPoolName("event-store");
    dataSource.setConnectionTimeout(LONGEST_WAIT_FOR_A_CONNECTION.toMillis());
    dataSource.setConnectionInitSql(KEEP_LOG_ORDER);
    // Errors of the driver would repeat whole events, and variables of containers with them.
    dataSource.addDataSourceProperty("logServerErrorDetail", "false");
    return dataSource;
  }

  @Bean(initMethod = "migrate")
  Flyway schema(DataSource dataSource) {
    return Flyway.configure().dataSource(dataSource).locations("classpath:db/slipway").load();
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  KafkaClients kafkaClients(CommandServiceSettings settings) {
    return new KafkaClients(settings.kafka());
  }

  @Bean
  Addressing addressing(CommandServiceSettings settings) {
    return new Addressing(settings.domain());
  }

  @Bean
  @DependsOn("schema")
  AxonOnPostgres axonOnPostgres(
      DataSource dataSource, PlatformTransactionManager transactionManager, RecordLimits limits) {
    return new AxonOnPostgres(dataSource, transactionManager, limits);
  }

  @Bean
  LedgerReader ledgerReader(JdbcTemplate jdbc) {
    return new LedgerReader(jdbc);
  }

  @Bean
  ClusterView clusterView(LedgerReader reader) {
    return new ClusterView(reader);
  }

  @Bean
  ServiceReferences serviceReferences(JdbcTemplate jdbc) {
    return new ServiceReferences(jdbc);
  }

  @Bean(initMethod = "start", destroyMethod = "shutdown")
  org.axonframework.config.Configuration axon(
      AxonOnPostgres axon,
      JdbcTemplate jdbc,
      ClusterView cluster,
      ServiceReferences references,
      StackLedger stacks,
      Policies policies,
      Quotas quotas,
      Publisher publisher) {
    var ledger = new Ledger(jdbc, cluster);
    var _ = axon.events().subscribe(ledger::write);
    var _ = axon.events().subscribe(new QuotaWriter(jdbc, quotas)::write);
    var _ =
        axon.events().subscribe(_ -> CurrentUnitOfWork.get().afterCommit(_ -> publisher.wake()));
    var configurer =
        axon.configurer(
                MetadataKeys.ACTION,
                MetadataKeys.USER,
                MetadataKeys.IP,
                MetadataKeys.USER_AGENT,
                MetadataKeys.REASON)
            .registerComponent(Cluster.Source.class, _ -> cluster)
            .registerComponent(VolumeUsers.class, _ -> volumeUsers(references))
            .registerComponent(HostRules.class, _ -> policies::of);
    ServiceAggregates.register(axon, configurer);
    NodeAggregates.register(axon, configurer);
    AccountAggregates.register(axon, configurer);
    StackAggregates.register(axon, configurer, stacks);
    var _ = configurer.registerCommandHandler(_ -> new ExecActions(jdbc));
    return configurer.buildConfiguration();
  }

  private static VolumeUsers volumeUsers(ServiceReferences references) {
    return service ->
        references.usersOfVolumes(service).stream()
            .map(user -> "%s (%s)".formatted(user.name(), user.id()))
            .toList();
  }

  @Bean
  AggregateLocks aggregateLocks(CommandServiceSettings settings) {
    return new AggregateLocks(settings.connections() - CONNECTIONS_FOR_OTHERS);
  }

  @Bean
  Commands commands(
      org.axonframework.config.Configuration axon,
      AggregateLocks locks,
      ParkedSubjects parked,
      PublishingFlow flow) {
    return new Commands(axon.commandBus(), locks, aggregate -> checkWrite(aggregate, parked, flow));
  }

  private static void checkWrite(String aggregate, ParkedSubjects parked, PublishingFlow flow) {
    parked
        .find(aggregate)
        .ifPresent(
            one -> {
              throw new ApiFailure(HttpStatus.CONFLICT, one.message());
            });
    if (flow.isStalled()) {
      throw ApiFailure.unavailable(flow.message());
    }
  }

  @Bean
  BackgroundTask reportInbox(Commands commands, KafkaClients kafka) {
    return new BackgroundTask("report-inbox", new ReportInbox(commands, kafka)::read);
  }

  @Bean
  BackgroundTask execInbox(Commands commands, KafkaClients kafka, JdbcTemplate jdbc) {
    return new BackgroundTask("exec-inbox", new ExecInbox(commands, kafka, jdbc)::read);
  }

  @Bean
  BackgroundTask nodeWatch(
      Commands commands,
      LedgerReader ledger,
      KafkaClients kafka,
      CommandServiceSettings settings,
      InstantSource clock,
      Directory directory,
      Heartbeats heartbeats,
      Publisher publisher) {
    heartbeats.listen(publisher::hear);
    var watch =
        new NodeWatch(
            commands,
            ledger::nodes,
            new NodeAdmission(
                directory,
                new Namespace(settings.ownNamespace()),
                settings.nodeRegistration() == CommandServiceSettings.NodeRegistration.OPEN),
            settings.nodeTimeout(),
            clock,
            heartbeats);
    return new BackgroundTask("node-watch", task -> watch.watch(task, kafka));
  }

  @Bean
  BackgroundTask timekeeper(Commands commands, LedgerReader ledger) {
    return BackgroundTask.every(
        Duration.ofMillis(500), "timekeeper", new Timekeeper(commands, ledger)::look);
  }
}
