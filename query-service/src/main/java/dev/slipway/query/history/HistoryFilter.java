package dev.slipway.query.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoCollection;
import dev.slipway.model.Delimited;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.query.paging.FilterDate;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The events that a request asks a history for, and their order. */
public final class HistoryFilter {

  public static final Set<String> NAMES =
      Set.of("order", "before", "after", "type", "since", "until");

  /** What a history is of. */
  public enum Subject {
    SERVICE(ServiceEvent.class, "ServiceUpdated"),
    STACK(StackEvent.class, "StackDefined");

    private final Class<?> events;
    private final String example;

    Subject(Class<?> events, String example) {
      this.events = events;
      this.example = example;
    }
  }

  private static final int MAX_DIGITS = 18;
  private static final int LAST_MILLI = 999;

  private HistoryFilter() {}

  /**
   * @param subject the uuid of what the events happened to
   * @throws InvalidInput if a filter has no value that it understands
   */
  static Bson of(String subject, ListQuery query, Subject kind) {
    var parts = new ArrayList<Bson>();
    parts.add(eq(StoredEvent.SUBJECT, subject));
    query.filters().forEach((name, value) -> parts.addAll(part(subject, name, value, kind)));
    return and(parts);
  }

  /** The page that a request asks for. */
  public static PagedQuery page(
      MongoCollection<Document> events, String subject, ListQuery query, Subject kind) {
    var order = isDescending(query) ? StoredEvent.newestFirst() : StoredEvent.inOrder();
    return PagedQuery.run(events, of(subject, query, kind), order, query);
  }

  private static List<Bson> part(String subject, String name, String value, Subject kind) {
    return switch (name) {
      case "before" -> List.of(lt(ViewCollection.ID, id(subject, name, value)));
      case "after" -> List.of(gt(ViewCollection.ID, id(subject, name, value)));
      case "type" -> List.of(in(StoredEvent.TYPE, types(value, kind)));
      case "since" -> List.of(gte(StoredEvent.AT, FilterDate.millis(name, value)));
      case "until" -> List.of(lte(StoredEvent.AT, endOf(FilterDate.millis(name, value))));
      default -> List.of(); // the order
    };
  }

  /** Dates in answers have no fraction: a moment without one is the end of its second. */
  private static long endOf(long millis) {
    return millis % 1_000 == 0 ? millis + LAST_MILLI : millis;
  }

  private static String id(String subject, String name, String version) {
    if (!Digits.isNumber(version, MAX_DIGITS)) {
      throw new InvalidInput(name, "must be a version: a number from 0");
    }
    return StoredEvent.id(subject, Long.parseLong(version));
  }

  private static List<String> types(String value, Subject kind) {
    var types = Delimited.split(value, ',');
    for (var type : types) {
      if (!EventTypes.isEvent(type) || !kind.events.isAssignableFrom(EventTypes.named(type))) {
        throw new InvalidInput(
            "type",
            "must be types of events as the history has them, such as %s; it has '%s'"
                .formatted(kind.example, type));
      }
    }
    return types;
  }

  /**
   * Whether the newest events come first.
   *
   * @throws InvalidInput if the order is none
   */
  private static boolean isDescending(ListQuery query) {
    return switch (query.filters().getOrDefault("order", "asc")) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new InvalidInput("order", "must be asc or desc");
    };
  }
}
