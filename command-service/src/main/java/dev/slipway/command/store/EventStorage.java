package dev.slipway.command.store;

import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * The log in PostgreSQL. Nothing is read of an aggregate that the command says is new: if it is
 * not, its first event is refused, since there is one already.
 */
final class EventStorage extends JdbcEventStorageEngine {

  EventStorage(Builder builder) {
    super(builder);
  }

  @Override
  public Optional<DomainEventMessage<?>> readSnapshot(String aggregate) {
    return isNew(aggregate) ? Optional.empty() : super.readSnapshot(aggregate);
  }

  @Override
  public DomainEventStream readEvents(String aggregate, long first) {
    return isNew(aggregate) ? DomainEventStream.empty() : super.readEvents(aggregate, first);
  }

  private static boolean isNew(String aggregate) {
    return CurrentUnitOfWork.map(work -> work.getMessage().getMetaData())
        .map(metadata -> metadata.get(AxonOnPostgres.NEW_AGGREGATE))
        .filter(aggregate::equals)
        .isPresent();
  }
}
