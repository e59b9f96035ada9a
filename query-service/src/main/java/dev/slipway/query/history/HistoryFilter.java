package dev.slipway.query.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import dev.slipway.model.Delimited;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.query.paging.FilterDate;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.conversions.Bson;

/** The events of a service that a request asks for, and their order. */
final class HistoryFilter {

  static final Set<String> NAMES = Set.of("order", "before", "after", "type", "since", "until");

  private static final int MAX_DIGITS = 18;
  private static final int LAST_MILLI = 999;

  private HistoryFilter() {}

  /**
   * @throws InvalidInput if a filter has no value that it understands
   */
  static Bson of(String service, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(eq(HistoryDocument.SERVICE, service));
    query.filters().forEach((name, value) -> parts.addAll(part(service, name, value)));
    return and(parts);
  }

  private static List<Bson> part(String service, String name, String value) {
    return switch (name) {
      case "before" -> List.of(lt(ViewCollection.ID, id(service, name, value)));
      case "after" -> List.of(gt(ViewCollection.ID, id(service, name, value)));
      case "type" -> List.of(in(HistoryDocument.TYPE, types(value)));
      case "since" -> List.of(gte(HistoryDocument.AT, FilterDate.millis(name, value)));
      case "until" -> List.of(lte(HistoryDocument.AT, endOf(FilterDate.millis(name, value))));
      default -> List.of(); // the order
    };
  }

  /** Dates in answers have no fraction: a moment without one is the end of its second. */
  private static long endOf(long millis) {
    return millis % 1_000 == 0 ? millis + LAST_MILLI : millis;
  }

  private static String id(String service, String name, String version) {
    if (!Digits.isNumber(version, MAX_DIGITS)) {
      throw new InvalidInput(name, "must be a version: a number from 0");
    }
    return HistoryDocument.id(service, Long.parseLong(version));
  }

  private static List<String> types(String value) {
    var types = Delimited.split(value, ',');
    for (var type : types) {
      if (!EventTypes.isEvent(type)
          || !ServiceEvent.class.isAssignableFrom(EventTypes.named(type))) {
        throw new InvalidInput(
            "type",
            "must be types of events as the history has them, such as ServiceUpdated; it has '%s'"
                .formatted(type));
      }
    }
    return types;
  }

  /**
   * Whether the newest events come first.
   *
   * @throws InvalidInput if the order is none
   */
  static boolean isDescending(ListQuery query) {
    return switch (query.filters().getOrDefault("order", "asc")) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new InvalidInput("order", "must be asc or desc");
    };
  }
}
