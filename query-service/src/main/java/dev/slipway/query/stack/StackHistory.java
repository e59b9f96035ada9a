package dev.slipway.query.stack;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.wire.Envelope;
import dev.slipway.query.history.HistoryFilter;
import dev.slipway.query.history.HistoryFilter.Subject;
import dev.slipway.query.history.StoredEvent;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What has happened to stacks, event by event. Stacks have few events, so all are kept. */
final class StackHistory {

  private final ViewCollection events;

  StackHistory(MongoDatabase database) {
    this.events = new ViewCollection(database, "stack_history");
  }

  /**
   * A version of a stack.
   *
   * @param nickname null if it was the name
   * @param services as the newest file until then defined them; null if that is not stored
   */
  record Version(
      Document event, @Nullable String nickname, @Nullable List<DefinedService> services) {}

  void prepare() {
    events.index("by_subject", Indexes.ascending(StoredEvent.SUBJECT, ViewCollection.ID));
    events.index(
        "by_subject_and_type",
        Indexes.ascending(StoredEvent.SUBJECT, StoredEvent.TYPE, ViewCollection.ID));
  }

  void clear() {
    events.clear();
  }

  void add(List<Envelope<Object>> happened) {
    events.insertNew(happened, StoredEvent::of);
  }

  PagedQuery page(String stack, ListQuery query) {
    return HistoryFilter.page(events.documents(), stack, query, Subject.STACK);
  }

  /** Null if the stack has not come to this version. */
  @Nullable Version at(String stack, long version) {
    return at(stack, Set.of(version)).get(version);
  }

  /** Those of the versions that the stack has come to. */
  Map<Long, Version> at(String stack, Set<Long> versions) {
    var found = new HashMap<Long, Version>();
    long newest = versions.stream().mapToLong(one -> one).max().orElse(-1);
    @Nullable Version version = null;
    for (var document : until(stack, newest)) {
      version = next(version, document);
      if (versions.contains(sequence(document))) {
        found.put(sequence(document), version);
      }
    }
    return found;
  }

  private static Version next(@Nullable Version before, Document document) {
    var nickname = before == null ? null : before.nickname();
    var services = before == null ? null : before.services();
    return switch ((StackEvent) StoredEvent.event(document)) {
      case StackCreated created -> new Version(document, created.nickname(), services);
      case StackRenamed renamed -> new Version(document, renamed.nickname(), services);
      case StackDefined defined -> new Version(document, nickname, defined.services());
      case StackOperationBegun _, StackOperationEnded _, StackTerminated _ ->
          new Version(document, nickname, services);
    };
  }

  private List<Document> until(String stack, long version) {
    return events
        .documents()
        .find(
            and(
                eq(StoredEvent.SUBJECT, stack),
                lte(ViewCollection.ID, StoredEvent.id(stack, version))))
        .sort(StoredEvent.inOrder())
        .into(new ArrayList<>());
  }

  static long sequence(Document event) {
    return event.getLong(StoredEvent.SEQUENCE);
  }
}
