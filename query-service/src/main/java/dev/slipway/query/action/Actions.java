package dev.slipway.query.action;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionState;
import dev.slipway.query.container.Containers;
import dev.slipway.query.paging.FilterDate;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.projection.ViewCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/** The actions that are stored. */
public final class Actions {

  private static final String INCLUDE_RELATED = "include_related";

  static final Set<String> FILTERS =
      ListOptions.with(
          "uuid",
          "uuid__startswith",
          "name",
          "action",
          "state",
          "object",
          "created__gte",
          "created__lte",
          "start_date__gte",
          "start_date__lte",
          "end_date__gte",
          "end_date__lte",
          INCLUDE_RELATED);

  private static final Map<String, List<String>> ORDERS =
      Map.of(
          "name", List.of("name", "position", "_id"),
          "state", List.of("state", "position", "_id"),
          "created", List.of("position", "_id"));

  private static final Bson NEWEST_FIRST = Indexes.descending("position", "_id");

  private static final int MOST_TOUCHED = 100_000;
  private static final int MOST_COUNTED = 10_000;

  private final ViewCollection views;
  private final Containers containers;

  /** How many actions objects have had since they were last looked at. */
  private final Map<Acted, Integer> touched = new ConcurrentHashMap<>();

  /** What actions are about. */
  private record Acted(String namespace, String object) {}

  Actions(MongoDatabase database, Containers containers) {
    this.views = new ViewCollection(database, "actions");
    this.containers = containers;
  }

  /** Removes all that is stored. */
  void clear() {
    views.clear();
  }

  void prepare() {
    views.index(
        "by_namespace",
        Indexes.compoundIndex(
            Indexes.ascending("namespace"), Indexes.descending("position", "_id")));
    views.index("by_object", Indexes.ascending("objectUuid", "namespace"));
    views.index("by_state", Indexes.ascending("namespace", "state", "endedAt"));
    views.index("in_name_order", Indexes.ascending("namespace", "name", "position", "_id"));
    views.index("in_state_order", Indexes.ascending("namespace", "state", "position", "_id"));
    views.index("by_end", Indexes.ascending("endedAt"));
  }

  Map<String, Action> load(Collection<String> ids) {
    var actions = new HashMap<String, Action>();
    views.load(ids).forEach((id, document) -> actions.put(id, ActionDocument.view(document)));
    return actions;
  }

  void write(Collection<Action> actions) {
    var documents = actions.stream().map(ActionDocument::of).toList();
    views.replaceOlder(documents);
    documents.forEach(
        one ->
            touched.merge(
                new Acted(one.getString("namespace"), one.getString("objectUuid")),
                1,
                Integer::sum));
  }

  /**
   * Leaves so many of the newest actions of each object, and all that go on. An object is looked at
   * once it has had a tenth as many more: most never have, and looking is what costs.
   */
  void keepNewestOfEach(int kept) {
    for (var acted : Map.copyOf(touched).entrySet()) {
      if (acted.getValue() > kept / 10) {
        keepNewest(acted.getKey(), kept);
        touched.remove(acted.getKey());
      } else if (touched.size() > MOST_TOUCHED) {
        touched.remove(acted.getKey());
      }
    }
  }

  private void keepNewest(Acted acted, int kept) {
    var ofObject = and(eq("objectUuid", acted.object()), eq("namespace", acted.namespace()));
    if (views.documents().countDocuments(ofObject) <= kept) {
      return;
    }
    var oldestKept =
        views.documents().find(ofObject).sort(NEWEST_FIRST).skip(kept - 1).limit(1).first();
    if (oldestKept != null) {
      var older = lt("position", oldestKept.getLong("position"));
      views.documents().deleteMany(and(ofObject, older, ne("endedAt", null)));
    }
  }

  void dropEndedBefore(Instant moment) {
    views.documents().deleteMany(and(ne("endedAt", null), lt("endedAt", moment.toEpochMilli())));
  }

  PagedQuery page(Collection<Namespace> namespaces, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(isOf(namespaces));
    boolean related = included(query);
    query.filters().forEach((name, value) -> part(name, value, related).ifPresent(parts::add));
    parts.addAll(ListOptions.conditions(query, value -> state("state__not", value)));
    var order = ListOptions.order(query, ORDERS, NEWEST_FIRST);
    return PagedQuery.run(views.documents(), and(parts), order, query);
  }

  private static boolean included(ListQuery query) {
    var value = query.filter(INCLUDE_RELATED);
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new InvalidInput(INCLUDE_RELATED, "must be true or false");
    };
  }

  private Optional<Bson> part(String filter, String value, boolean related) {
    return Optional.ofNullable(
        switch (filter) {
          case "uuid" -> eq("_id", ListQuery.uuid(filter, value));
          case "uuid__startswith" -> PagedQuery.idStartsWith(value);
          case "name", "action" -> eq("name", value);
          case "state" -> eq("state", state(filter, value));
          case "object" -> objects(ListQuery.uuid(filter, value), related);
          case "created__gte", "start_date__gte" ->
              gte("startedAt", FilterDate.millis(filter, value));
          case "created__lte", "start_date__lte" ->
              lte("startedAt", FilterDate.millis(filter, value));
          case "end_date__gte" -> gte("endedAt", FilterDate.millis(filter, value));
          case "end_date__lte" -> lte("endedAt", FilterDate.millis(filter, value));
          default -> null; // said what belongs to the object
        });
  }

  /** The containers of a service are related to it. */
  private Bson objects(String uuid, boolean related) {
    var uuids = new ArrayList<>(List.of(uuid));
    if (related) {
      uuids.addAll(containers.idsOf(uuid));
    }
    return in("objectUuid", uuids);
  }

  private static String state(String filter, String value) {
    var names = Arrays.stream(ActionState.values()).map(ActionState::text).toList();
    if (!names.contains(value)) {
      throw new InvalidInput(
          filter,
          "must be one of %s; it is '%s'"
              .formatted(names.stream().collect(Collectors.joining(", ")), value));
    }
    return value;
  }

  /** How many actions of the namespace failed since the moment, counted up to a limit. */
  public long countFailed(Namespace namespace, Instant since) {
    return views
        .documents()
        .countDocuments(
            and(
                eq("namespace", namespace.value()),
                eq("state", ActionState.FAILED.text()),
                gte("endedAt", since.toEpochMilli())),
            new CountOptions().limit(MOST_COUNTED));
  }

  Optional<Action> find(Collection<Namespace> namespaces, String uuid) {
    return Optional.ofNullable(
            views.documents().find(and(eq("_id", uuid), isOf(namespaces))).first())
        .map(ActionDocument::view);
  }

  private static Bson isOf(Collection<Namespace> namespaces) {
    return in("namespace", namespaces.stream().map(Namespace::value).toList());
  }
}
