package dev.slipway.query.stack;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.history.HistoryFilter;
import dev.slipway.query.history.StoredEvent;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.projection.Projections;
import dev.slipway.query.stack.StackHistory.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The past of stacks. */
@RestController
final class StackHistoryController {

  private static final int MOST_DIGITS = 18;

  private final StackHistory history;
  private final Stacks stacks;
  private final Projections projections;

  StackHistoryController(StackHistory history, Stacks stacks, Projections projections) {
    this.history = history;
    this.stacks = stacks;
    this.projections = projections;
  }

  @GetMapping("/api/app/v1/stack/{uuid}/history")
  Map<String, Object> list(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    var stack = find(caller, uuid);
    var path = ResourceUri.of(stack.namespace(), stack.id()) + "history/";
    var query = ListQuery.of(path, parameters, HistoryFilter.NAMES);
    var page = history.page(stack.id().value(), query);
    var versions = history.at(stack.id().value(), aroundEach(page.documents()));
    return query.envelope(
        page, page.documents().stream().map(event -> entry(event, versions)).toList());
  }

  /** The versions before and after the events. */
  private static Set<Long> aroundEach(List<Document> events) {
    return events.stream()
        .map(StackHistory::sequence)
        .flatMap(version -> Stream.of(version - 1, version))
        .collect(Collectors.toSet());
  }

  private static Map<String, @Nullable Object> entry(Document event, Map<Long, Version> versions) {
    long version = StackHistory.sequence(event);
    var before = versions.get(version - 1);
    var after = Objects.requireNonNull(versions.get(version));
    var json = StoredEvent.json(event);
    json.put("changes", StackChanges.ofStack(before, after));
    json.put("services", StackChanges.ofServices(before, after));
    var shown = VisibleEvent.of((StackEvent) StoredEvent.event(event));
    json.put("event", Wire.MAPPER.readValue(Wire.write(shown), Map.class));
    return json;
  }

  /** Compares two versions of a stack. */
  @GetMapping("/api/app/v1/stack/{uuid}/diff")
  Map<String, @Nullable Object> diff(
      Caller caller,
      @PathVariable String uuid,
      @RequestParam MultiValueMap<String, String> parameters) {
    var stack = find(caller, uuid);
    var from = version(stack, "from", parameters);
    var to = version(stack, "to", parameters);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("from", end(from));
    json.put("to", end(to));
    json.put("changes", StackChanges.ofStack(from, to));
    json.put("services", StackChanges.ofServices(from, to));
    return json;
  }

  private Version version(Stack stack, String field, MultiValueMap<String, String> parameters) {
    var values = parameters.get(field);
    if (values == null && field.equals("from")) {
      throw new InvalidInput(field, "must be given: a version");
    }
    if (values != null && values.size() != 1) {
      throw new InvalidInput(field, "must be given once");
    }
    var text = values == null ? Long.toString(stack.version()) : values.getFirst();
    var found =
        Digits.isNumber(text, MOST_DIGITS)
            ? history.at(stack.id().value(), Long.parseLong(text))
            : null;
    if (found == null) {
      throw new InvalidInput(field, "must be a version up to " + stack.version());
    }
    return found;
  }

  private static Map<String, @Nullable Object> end(Version version) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", StackHistory.sequence(version.event()));
    json.put("datetime", ApiDate.of(StoredEvent.at(version.event())));
    return json;
  }

  private Stack find(Caller caller, String uuid) {
    projections.requireBuilt();
    return stacks
        .find(caller.namespace(), ListQuery.pathUuid("stack", uuid))
        .orElseThrow(() -> ApiFailure.notFound("stack " + uuid))
        .stack();
  }
}
