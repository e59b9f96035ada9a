package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.regex;

import com.google.re2j.Pattern;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.bson.conversions.Bson;

/** Options that lists of resources share: their order, a search, excluded states, chosen fields. */
public final class ListOptions {

  /** The field of documents that {@code search} looks in. */
  public static final String SEARCH = "search";

  private static final String ORDER_BY = "order_by";
  private static final String STATE_NOT = "state__not";
  private static final String FIELDS = "fields";
  private static final int MAX_SEARCH = 200;

  static final Set<String> NAMES = Set.of(ORDER_BY, SEARCH, STATE_NOT, FIELDS);

  private ListOptions() {}

  /** The filters of a list together with the options. */
  public static Set<String> with(String... filters) {
    var all = new TreeSet<>(List.of(filters));
    all.addAll(NAMES);
    return all;
  }

  /** The text that {@code search} looks in, made of names and the like. */
  public static String searched(String... parts) {
    return String.join("\n", parts).toLowerCase(Locale.ROOT);
  }

  /**
   * The conditions that the options add.
   *
   * @param state the stored form of a state
   * @throws InvalidInput if a state is unknown or the searched text is too long
   */
  public static List<Bson> conditions(ListQuery query, UnaryOperator<String> state) {
    var conditions = new ArrayList<Bson>(search(query));
    var states = excludedStates(query, state);
    if (!states.isEmpty()) {
      conditions.add(nin("state", states));
    }
    return conditions;
  }

  /** The condition that {@code search} adds, none without it. */
  public static List<Bson> search(ListQuery query) {
    var text = query.option(SEARCH);
    if (text == null) {
      return List.of();
    }
    if (text.length() > MAX_SEARCH || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput(
          SEARCH, "must have at most %d characters and no control ones".formatted(MAX_SEARCH));
    }
    return List.of(regex(SEARCH, Pattern.quote(text.toLowerCase(Locale.ROOT))));
  }

  /** The states that are left out. */
  public static List<String> excludedStates(ListQuery query, UnaryOperator<String> state) {
    var text = query.option(STATE_NOT);
    return text == null ? List.of() : Delimited.split(text, ',').stream().map(state).toList();
  }

  /**
   * The order that was asked for.
   *
   * @param orders the fields to sort by, per name that {@code order_by} takes
   * @throws InvalidInput if there is no such order
   */
  public static Bson order(ListQuery query, Map<String, List<String>> orders, Bson byDefault) {
    if (query.option(ORDER_BY) == null) {
      return byDefault;
    }
    var fields = Objects.requireNonNull(orders.get(orderName(query, orders.keySet())));
    return isDescending(query) ? Indexes.descending(fields) : Indexes.ascending(fields);
  }

  /**
   * The name of the order that was asked for, empty if none was.
   *
   * @throws InvalidInput if it is none of the known ones
   */
  public static String orderName(ListQuery query, Set<String> known) {
    var asked = query.option(ORDER_BY);
    if (asked == null) {
      return "";
    }
    var name = isDescending(query) ? asked.substring(1) : asked;
    if (!known.contains(name)) {
      throw new InvalidInput(
          ORDER_BY,
          "must be one of %s, with '-' before it for the reverse; it is '%s'"
              .formatted(String.join(", ", new TreeSet<>(known)), asked));
    }
    return name;
  }

  public static boolean isDescending(ListQuery query) {
    var asked = query.option(ORDER_BY);
    return asked != null && asked.startsWith("-");
  }

  /**
   * The objects with the chosen fields only.
   *
   * @throws InvalidInput if they have no such field
   */
  static List<?> chosen(ListQuery query, List<?> objects) {
    var text = query.option(FIELDS);
    if (text == null) {
      return objects;
    }
    var fields = new LinkedHashSet<>(Delimited.split(text, ','));
    return objects.stream().map(object -> chosen((Map<?, ?>) object, fields)).toList();
  }

  private static Map<Object, Object> chosen(Map<?, ?> object, Set<String> fields) {
    var chosen = new LinkedHashMap<Object, Object>();
    for (var field : fields) {
      if (!object.containsKey(field)) {
        throw new InvalidInput(
            FIELDS, "names '%s', which the objects do not have".formatted(field));
      }
    }
    object.forEach(
        (key, value) -> {
          if (fields.contains(key)) {
            chosen.put(key, value);
          }
        });
    return chosen;
  }
}
