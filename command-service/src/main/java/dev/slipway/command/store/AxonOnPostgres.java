package dev.slipway.command.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon, put together by hand: its Spring auto-configuration is made for an older Boot and ends,
 * without a word, with no transactions and no JDBC store.
 */
public final class AxonOnPostgres {

  /** What a command's metadata has the uuid of an aggregate under that is most likely new. */
  public static final String NEW_AGGREGATE = "new-aggregate";

  private static final int EVENTS_BETWEEN_SNAPSHOTS = 100;
  private static final long AGGREGATES_KEPT = 20_000;

  private final EventSerializer serializer;
  private final TransactionManager transactions;
  private final ConnectionProvider connections;
  private final EventStore events;
  private final List<AggregateConfigurer<?>> aggregates = new ArrayList<>();
  private final List<Cache> caches = new CopyOnWriteArrayList<>();
  private final Map<String, String> forms = new ConcurrentHashMap<>();
  private final Executor snapshots =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("snapshots").daemon().factory());

  public AxonOnPostgres(
      DataSource dataSource, PlatformTransactionManager transactionManager, RecordLimits limits) {
    this.serializer = new EventSerializer(limits);
    this.transactions = new SpringTransactionManager(transactionManager);
    this.connections =
        new UnitOfWorkAwareConnectionProviderWrapper(
            new SpringDataSourceConnectionProvider(dataSource));
    this.events = EmbeddedEventStore.builder().storageEngine(engine()).build();
  }

  public EventStore events() {
    return events;
  }

  /**
   * @param metadataKeys what of a command's metadata goes on into its events
   */
  public Configurer configurer(String... metadataKeys) {
    List<CorrelationDataProvider> correlation =
        List.of(
            new SimpleCorrelationDataProvider(metadataKeys),
            new MessageOriginProvider("correlation-id", "causation-id"));
    return DefaultConfigurer.defaultConfiguration(false)
        .configureSerializer(_ -> serializer)
        .configureTransactionManager(_ -> transactions)
        .configureEventStore(_ -> events)
        .configureCommandBus(_ -> commandBus(correlation))
        .configureSnapshotter(this::snapshotter);
  }

  private CommandBus commandBus(List<CorrelationDataProvider> correlation) {
    var bus = SimpleCommandBus.builder().transactionManager(transactions).build();
    var _ = bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(correlation));
    return bus;
  }

  /** In a thread of its own: nobody waits for a snapshot. */
  private Snapshotter snapshotter(org.axonframework.config.Configuration axon) {
    return AggregateSnapshotter.builder()
        .eventStore(events)
        .transactionManager(transactions)
        .executor(snapshots)
        .repositoryProvider(axon::repository)
        .aggregateFactories(factories())
        .parameterResolverFactory(axon.parameterResolverFactory())
        .build();
  }

  private List<AggregateFactory<?>> factories() {
    return aggregates.stream()
        .<AggregateFactory<?>>map(AggregateConfigurer::aggregateFactory)
        .toList();
  }

  /** An aggregate that is cached, and snapshot when its log grows long. */
  public <A> AggregateConfigurer<A> aggregate(Class<A> type) {
    Cache cache = new StrongCache(AGGREGATES_KEPT);
    caches.add(cache);
    var aggregate =
        AggregateConfigurer.defaultConfiguration(type)
            .configureCache(_ -> cache)
            .configureLockFactory(_ -> NullLockFactory.INSTANCE) // whoever sends has locked already
            .configureSnapshotTrigger(
                axon ->
                    new EventCountSnapshotTriggerDefinition(
                        axon.snapshotter(), EVENTS_BETWEEN_SNAPSHOTS));
    aggregates.add(aggregate);
    forms.put(type.getName(), serializer.typeForClass(type).getRevision());
    return aggregate;
  }

  /** Reads an aggregate from its events when it is commanded next. */
  public void forget(String aggregate) {
    caches.forEach(cache -> cache.remove(aggregate));
  }

  /** A snapshot in an older form is passed over: the log has all that it had. */
  private boolean isOfThisForm(DomainEventData<?> snapshot) {
    var type = snapshot.getPayload().getType();
    return Objects.equals(forms.get(type.getName()), type.getRevision());
  }

  private JdbcEventStorageEngine engine() {
    var builder =
        JdbcEventStorageEngine.builder()
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .snapshotFilter(this::isOfThisForm)
            .connectionProvider(connections)
            .transactionManager(transactions)
            .persistenceExceptionResolver(AxonOnPostgres::isDuplicate)
            .dataType(String.class)
            .schema(
                EventSchema.builder()
                    .eventTable("events")
                    .snapshotTable("snapshots")
                    .globalIndexColumn("global_index")
                    .timestampColumn("time_stamp")
                    .eventIdentifierColumn("event_identifier")
                    .aggregateIdentifierColumn("aggregate_identifier")
                    .sequenceNumberColumn("sequence_number")
                    .payloadTypeColumn("payload_type")
                    .payloadRevisionColumn("payload_revision")
                    .metaDataColumn("meta_data")
                    .build());
    return new EventStorage(builder);
  }

  private static boolean isDuplicate(Exception failure) {
    return failure instanceof SQLException sql && "23505".equals(sql.getSQLState());
  }
}
