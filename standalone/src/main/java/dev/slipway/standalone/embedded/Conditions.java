package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What every document that a query matches must meet, by field: the query's own conditions and
 * those inside its {@code $and}. An index that follows any of them finds all the documents, and
 * maybe more.
 */
final class Conditions {

  private final Map<String, List<Object>> byField = new HashMap<>();
  private boolean whole = true;

  private Conditions() {}

  static Conditions of(Document query) {
    var conditions = new Conditions();
    conditions.collect(query);
    return conditions;
  }

  private void collect(Document query) {
    query.forEach(
        (field, condition) -> {
          if (field.equals("$and") && condition instanceof Collection<?> all) {
            all.forEach(one -> collect((Document) one));
          } else if (!field.startsWith("$") && condition != null) {
            byField.computeIfAbsent(field, _ -> new ArrayList<>()).add(condition);
          } else {
            whole = false;
          }
        });
  }

  /** Whether they are all of the query, and each is the one value that one of the fields has. */
  boolean areValuesOf(Collection<String> fields) {
    return whole
        && fields.containsAll(byField.keySet())
        && byField.values().stream().allMatch(all -> all.size() == 1);
  }

  /** The value a field must have. Documents, arrays and null match more than what equals them. */
  Optional<Object> value(String field) {
    return of(field)
        .map(condition -> only("$eq", condition).orElse(condition))
        .filter(Conditions::isPlain)
        .findFirst();
  }

  /** The values of which a field must have one, as the condition that says so. */
  Optional<Document> oneOf(String field) {
    return of(field)
        .filter(
            condition ->
                only("$in", condition).orElse(null) instanceof Collection<?> values
                    && values.stream().allMatch(Conditions::isPlain))
        .map(Document.class::cast)
        .findFirst();
  }

  /** What a field must not be less than: it may also have to be more. */
  Optional<Object> atLeast(String field) {
    return either(field, "$gte", "$gt");
  }

  /** What a field must not be more than: it may also have to be less. */
  Optional<Object> atMost(String field) {
    return either(field, "$lte", "$lt");
  }

  private Optional<Object> either(String field, String closed, String open) {
    return of(field)
        .filter(Document.class::isInstance)
        .map(Document.class::cast)
        .flatMap(
            condition ->
                Stream.of(closed, open)
                    .map(condition::get)
                    .filter(value -> value instanceof String || value instanceof Number))
        .findFirst();
  }

  /** Texts between which a field must lie, both given. */
  Optional<TextRange> range(String field) {
    return text(atLeast(field))
        .flatMap(from -> text(atMost(field)).map(to -> new TextRange(from, to)));
  }

  private static Optional<String> text(Optional<Object> bound) {
    return bound.filter(String.class::isInstance).map(String.class::cast);
  }

  private Stream<Object> of(String field) {
    return byField.getOrDefault(field, List.of()).stream();
  }

  private static Optional<Object> only(String operator, Object condition) {
    return condition instanceof Document document && document.keySet().equals(Set.of(operator))
        ? Optional.ofNullable(document.get(operator))
        : Optional.empty();
  }

  private static boolean isPlain(Object value) {
    return switch (value) {
      case String _, Boolean _, Integer _, Long _, Double _, UUID _, ObjectId _, Instant _ -> true;
      case null, default -> false;
    };
  }

  /** Bounds are counted in: an index may find more than what is asked for. */
  record TextRange(String from, String to) {

    boolean isEmpty() {
      return from.compareTo(to) > 0;
    }
  }
}
