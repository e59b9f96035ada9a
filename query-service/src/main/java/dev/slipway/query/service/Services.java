package dev.slipway.query.service;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLifecycle;
import dev.slipway.query.container.PresentLinks;
import dev.slipway.query.history.PresentServices;
import dev.slipway.query.paging.ListOptions;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.paging.PagedQuery;
import dev.slipway.query.paging.Presence;
import dev.slipway.query.paging.StateCounts;
import dev.slipway.query.projection.ViewCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.conversions.Bson;

/** The services that are stored. */
public final class Services implements PresentLinks, PresentServices {

  static final Set<String> FILTERS =
      ListOptions.with("uuid", "uuid__startswith", "name", "state", "stack", "stack__name");

  private static final Map<String, List<String>> ORDERS =
      Map.of(
          "name", List.of("name", "_id"),
          "state", List.of("state", "createdAt", "_id"),
          "created", List.of("createdAt", "_id"));

  private static final Bson OLDEST_FIRST = Indexes.ascending("createdAt", "_id");

  private static final Bson WORST_FIRST =
      Sorts.orderBy(Sorts.descending("trouble"), Sorts.ascending("troubledSince", "_id"));

  private static final Bson TROUBLE =
      Indexes.compoundIndex(
          Indexes.ascending("namespace"),
          Indexes.descending("trouble"),
          Indexes.ascending("troubledSince", "_id"));

  private final ViewCollection views;
  private final Presence presence;

  Services(MongoDatabase database, Presence presence) {
    this.views = new ViewCollection(database, "services");
    this.presence = presence;
  }

  void prepare() {
    views.index("by_namespace", Indexes.ascending("namespace", "listed", "createdAt", "_id"));
    views.index("by_state", Indexes.ascending("namespace", "listed", "state", "createdAt", "_id"));
    views.index("in_name_order", Indexes.ascending("namespace", "listed", "name", "_id"));
    views.index("by_search", Indexes.ascending("namespace", "listed", ListOptions.SEARCH));
    views.index("by_end", Presence.BY_END);
    views.index("by_name", Indexes.ascending("name", "namespace"));
    views.index("by_stack", Indexes.ascending("stack", "terminated"));
    views.index("by_linking", Indexes.ascending("linkingIn"));
    views.index("by_trouble", TROUBLE);
  }

  /** Removes all that is stored. */
  void clear() {
    views.clear();
  }

  Map<String, Service> load(Collection<String> ids) {
    var services = new HashMap<String, Service>();
    views.load(ids).forEach((id, document) -> services.put(id, ServiceDocument.service(document)));
    return services;
  }

  void write(Collection<Service> services) {
    views.replaceOlder(services, ServiceDocument::of);
  }

  PagedQuery page(Namespace namespace, ListQuery query) {
    var parts = new ArrayList<Bson>();
    parts.add(eq("namespace", namespace.value()));
    query.filters().forEach((name, value) -> parts.add(part(name, value)));
    parts.addAll(ListOptions.conditions(query, value -> state("state__not", value).text()));
    var filter = presence.filter(namespace, query, and(parts), views.documents());
    var order = ListOptions.order(query, ORDERS, OLDEST_FIRST);
    return PagedQuery.run(views.documents(), filter, order, query);
  }

  /** The images of the services of a namespace that are not terminated. */
  public Set<String> images(Namespace namespace) {
    var filter = and(eq("namespace", namespace.value()), ne("terminated", true));
    return views.documents().distinct("image", filter, String.class).into(new HashSet<>());
  }

  private static Bson part(String filter, String value) {
    return switch (filter) {
      case "uuid" -> eq("_id", ListQuery.uuid(filter, value));
      case "uuid__startswith" -> PagedQuery.idStartsWith(value);
      case "name" -> eq("name", value);
      case "state" -> eq("state", state(filter, value).text());
      case "stack" -> eq("stack", ListQuery.uuid(filter, value));
      default -> eq("stackName", value);
    };
  }

  private static ServiceLifecycle state(String filter, String value) {
    return ServiceLifecycle.of(value)
        .orElseThrow(
            () ->
                new InvalidInput(
                    filter,
                    "must be one of %s; it is '%s'"
                        .formatted(
                            Arrays.stream(ServiceLifecycle.values())
                                .map(ServiceLifecycle::text)
                                .collect(Collectors.joining(", ")),
                            value)));
  }

  /** The service, however long it has been gone. */
  public Optional<Service> find(Namespace namespace, String uuid) {
    return Optional.ofNullable(
            views
                .documents()
                .find(and(eq("_id", uuid), eq("namespace", namespace.value())))
                .first())
        .map(ServiceDocument::service);
  }

  /** How many services of the namespace are in each state, without the terminated ones. */
  public Map<String, Long> countByState(Namespace namespace) {
    return StateCounts.of(
        views.documents(),
        and(
            eq("namespace", namespace.value()),
            eq("listed", true),
            ne("state", ServiceLifecycle.TERMINATED.text())));
  }

  /** The services in trouble, the worst first. */
  List<Service> troubled(Namespace namespace, int most) {
    return views
        .documents()
        .find(and(eq("namespace", namespace.value()), gt("trouble", 0)))
        .sort(WORST_FIRST)
        .limit(most)
        .map(ServiceDocument::service)
        .into(new ArrayList<>());
  }

  /** The services alive of the stacks, the oldest first. */
  public List<Service> inStacks(Collection<String> stacks) {
    return views
        .documents()
        .find(and(in("stack", stacks), eq("terminated", false)))
        .sort(OLDEST_FIRST)
        .map(ServiceDocument::service)
        .into(new ArrayList<>());
  }

  @Override
  public Service require(Namespace namespace, String uuid) {
    return find(namespace, ListQuery.pathUuid("service", uuid))
        .orElseThrow(() -> ApiFailure.notFound("service " + uuid));
  }

  @Override
  public Map<ServiceId, Service> targets(Namespace namespace, Collection<ServiceId> ids) {
    return load(ids.stream().map(ServiceId::value).toList()).values().stream()
        .filter(service -> service.namespace().equals(namespace))
        .collect(Collectors.toMap(Service::id, Function.identity()));
  }

  /** The services of these that are terminated. */
  Set<ServiceId> terminated(Namespace namespace, Collection<ServiceId> ids) {
    return ids.isEmpty()
        ? Set.of()
        : views
            .documents()
            .find(
                and(
                    in("_id", ids.stream().map(ServiceId::value).toList()),
                    eq("namespace", namespace.value()),
                    eq("terminated", true)))
            .projection(Projections.include("_id"))
            .map(document -> new ServiceId(document.getString("_id")))
            .into(new HashSet<>());
  }

  /** The services alive that link to any of these. */
  List<Service> linkingTo(Namespace namespace, Collection<String> ids) {
    return views
        .documents()
        .find(and(eq("linkingIn", namespace.value()), in("links", ids)))
        .sort(OLDEST_FIRST)
        .map(ServiceDocument::service)
        .into(new ArrayList<>());
  }
}
