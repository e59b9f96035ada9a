package dev.slipway.query.action;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionState;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/** The actions that are stored. */
final class Actions {

  static final Set<String> FILTERS =
      Set.of(
          "uuid",
          "uuid__startswith",
          "state",
          "object",
          "start_date__gte",
          "start_date__lte",
          "end_date__gte",
          "end_date__lte",
          "include_related");

  private static final Bson NEWEST_FIRST = Indexes.descending("position", "_id");

  private final ViewCollection views;

  Actions(MongoDatabase database) {
    this.views = new ViewCollection(database, "actions");
  }

  void prepare() {
    views.index(
        "by_namespace",
        Indexes.compoundIndex(
            Indexes.ascending("namespace"), Indexes.descending("position", "_id")));
    views.index("by_object", Indexes.ascending("objectUuid", "namespace"));
  }

  Map<String, Action> load(Collection<String> ids) {
    var actions = new HashMap<String, Action>();
    views.load(ids).forEach((id, document) -> actions.put(id, ActionDocument.view(document)));
    return actions;
  }

  void write(Collection<Action> actions) {
    views.replaceOlder(actions.stream().map(ActionDocument::of).toList());
  }

  PagedQuery page(Collection<Namespace> namespaces, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(isOf(namespaces));
    query.filters().forEach((name, value) -> part(name, value).ifPresent(parts::add));
    return PagedQuery.run(views.documents(), and(parts), NEWEST_FIRST, query);
  }

  private static Optional<Bson> part(String filter, String value) {
    return Optional.ofNullable(
        switch (filter) {
          case "uuid" -> eq("_id", ListQuery.uuid(filter, value));
          case "uuid__startswith" -> PagedQuery.idStartsWith(value);
          case "state" -> eq("state", state(value));
          case "object" -> eq("objectUuid", ListQuery.uuid(filter, value));
          case "start_date__gte" -> gte("startedAt", FilterDate.millis(filter, value));
          case "start_date__lte" -> lte("startedAt", FilterDate.millis(filter, value));
          case "end_date__gte" -> gte("endedAt", FilterDate.millis(filter, value));
          case "end_date__lte" -> lte("endedAt", FilterDate.millis(filter, value));
          default -> null; // an action of a service has its containers' part in it already
        });
  }

  private static String state(String value) {
    var names = Arrays.stream(ActionState.values()).map(ActionState::text).toList();
    if (!names.contains(value)) {
      throw new InvalidInput(
          "state",
          "must be one of %s; it is '%s'"
              .formatted(names.stream().collect(Collectors.joining(", ")), value));
    }
    return value;
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
