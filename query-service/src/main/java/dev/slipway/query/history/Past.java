package dev.slipway.query.history;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.ApiDate;
import dev.slipway.model.service.Service;
import dev.slipway.query.history.HistoryDocument.Base;
import dev.slipway.query.paging.FilterDate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.function.Predicate;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Services as they were: the fold of their events up to a version or a moment. */
public final class Past {

  private static final int LAST_NANO = 999_999_999;

  private static final int MOST_LOOKS = 5;

  private final History history;

  public Past(History history) {
    this.history = history;
  }

  /**
   * The service as it was.
   *
   * @param now the service as it is
   * @param at a version, or a moment as dates are written in answers or by ISO 8601; a moment
   *     without a fraction is the end of its second, since dates in answers have none
   * @throws InvalidInput if it is neither, or a version that there has not been
   * @throws ApiFailure 404 if the service was not there yet, 410 if its events are not kept from so
   *     far back
   */
  public Service of(Service now, String at) {
    return of(now, "at", at);
  }

  /**
   * The service as it was.
   *
   * @param field that asked for it
   */
  Service of(Service now, String field, String at) {
    var id = now.id().value();
    if (Digits.isNumber(at, at.length())) {
      return found(id, at, at(id, version(field, at, now)));
    }
    var asked = FilterDate.instant(field, at);
    var moment = asked.getNano() == 0 ? asked.plusNanos(LAST_NANO) : asked;
    if (moment.isBefore(now.dates().created())) {
      throw notThere(id, at);
    }
    return found(id, at, at(id, moment));
  }

  private static long version(String field, String text, Service now) {
    if (text.length() > 18 || Long.parseLong(text) > now.version()) {
      throw new InvalidInput(field, "must be a version up to " + now.version() + ", or a date");
    }
    return Long.parseLong(text);
  }

  private Service found(String id, String at, @Nullable Service service) {
    if (service == null) {
      throw gone(id, at);
    }
    return service;
  }

  private ApiFailure gone(String id, String at) {
    var base = history.base(id);
    if (base == null) {
      return notThere(id, at);
    }
    var oldest = new LinkedHashMap<String, Object>();
    oldest.put("oldest_version", base.state().version());
    oldest.put("oldest_datetime", Objects.requireNonNull(ApiDate.of(base.at())));
    return new ApiFailure(
        HttpStatus.GONE,
        "the events of service %s before version %d are not kept any more"
            .formatted(id, base.state().version()),
        oldest);
  }

  private static ApiFailure notThere(String id, String at) {
    return ApiFailure.notFound("service %s at %s".formatted(id, at));
  }

  /** Null if its events are not kept from so far back. */
  @Nullable Service at(String service, long version) {
    return fold(
        service, base -> base.state().version() <= version, event -> sequence(event) <= version);
  }

  private @Nullable Service at(String service, Instant moment) {
    return fold(
        service,
        base -> !base.at().isAfter(moment),
        event -> !StoredEvent.at(event).isAfter(moment));
  }

  /** Old events may be dropped between the two looks: then both are taken again. */
  private @Nullable Service fold(
      String id, Predicate<Base> covers, Predicate<Document> isPartOfIt) {
    for (int look = 1; look <= MOST_LOOKS; look++) {
      var base = history.base(id);
      if (base != null && !covers.test(base)) {
        return null;
      }
      var folded = fold(base == null ? null : base.state(), history.after(id, base), isPartOfIt);
      if (folded.isWhole()) {
        return folded.service();
      }
    }
    return null;
  }

  private record Folded(@Nullable Service service, boolean isWhole) {}

  private static Folded fold(
      @Nullable Service base, Iterable<Document> events, Predicate<Document> isPartOfIt) {
    var service = base;
    for (var event : events) {
      if (sequence(event) != (service == null ? 0 : service.version() + 1)) {
        return new Folded(service, false);
      }
      if (!isPartOfIt.test(event)) {
        break;
      }
      service = Service.evolve(service, HistoryDocument.event(event), StoredEvent.at(event));
    }
    return new Folded(service, true);
  }

  private static long sequence(Document event) {
    return event.getLong(StoredEvent.SEQUENCE);
  }
}
