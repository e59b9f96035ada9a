package dev.slipway.query.paging;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Uuids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What a client asks of a list: filters and a page.
 *
 * @param path of the list as links to its other pages have it, ending in a slash
 * @param options what all lists of resources take, see {@link ListOptions}
 * @param cursor where the page begins, null if the offset says so
 */
public record ListQuery(
    String path,
    Map<String, String> filters,
    Map<String, String> options,
    int limit,
    int offset,
    @Nullable String cursor) {

  private static final int DEFAULT_LIMIT = 25;
  private static final int LARGEST_LIMIT = 100;

  /** Credentials, which some clients send in the query. */
  private static final Set<String> NO_FILTERS = Set.of("user", "token");

  /**
   * @param known the filters that the list has
   * @throws InvalidInput naming what the list does not know
   */
  public static ListQuery of(String path, Map<String, String> parameters, Set<String> known) {
    var filters = new LinkedHashMap<String, String>();
    var options = new LinkedHashMap<String, String>();
    int limit = DEFAULT_LIMIT;
    int offset = 0;
    @Nullable String cursor = null;
    for (var parameter : parameters.entrySet()) {
      var name = parameter.getKey();
      var value = parameter.getValue();
      switch (name) {
        case "limit" -> limit = limit(value);
        case "offset" -> offset = number(name, value);
        case "cursor" -> cursor = value;
        case String filter when known.contains(filter) ->
            (ListOptions.NAMES.contains(filter) ? options : filters).put(filter, value);
        case String other when NO_FILTERS.contains(other) -> {}
        default ->
            throw new InvalidInput(name, "is not a filter of this list; it has " + names(known));
      }
    }
    return new ListQuery(path, filters, options, limit, offset, cursor);
  }

  /**
   * @throws InvalidInput naming what the list does not know, or what is given more than once
   */
  public static ListQuery of(
      String path, MultiValueMap<String, String> parameters, Set<String> known) {
    parameters.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw new InvalidInput(name, "must be given once");
          }
        });
    return of(path, parameters.toSingleValueMap(), known);
  }

  private static String names(Set<String> known) {
    return known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
  }

  /** As the old API had it, 0 asks for as many as a page may hold. */
  private static int limit(String value) {
    int limit = number("limit", value);
    return limit == 0 ? LARGEST_LIMIT : Math.min(limit, LARGEST_LIMIT);
  }

  /** One that is too large for an int is as good as the largest: no list is that long. */
  private static int number(String name, String value) {
    if (!Digits.isNumber(value, value.length())) {
      throw new InvalidInput(name, "must be a number from 0");
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException tooLarge) {
      return Integer.MAX_VALUE;
    }
  }

  public @Nullable String filter(String name) {
    return filters.get(name);
  }

  @Nullable String option(String name) {
    return options.get(name);
  }

  public boolean has(String filter) {
    return filters.containsKey(filter);
  }

  /** The page of things that are all at hand, as the API shows it. */
  public Map<String, Object> envelope(List<?> all) {
    int from = Math.min(offset, all.size());
    return envelope(all.size(), all.subList(from, Math.min(all.size() - from, limit) + from));
  }

  /** A page of the list as the API shows it. */
  public Map<String, Object> envelope(long total, List<?> objects) {
    boolean more = (long) offset + limit < total;
    return envelope(total, objects, more ? link(offset + limit, null) : null);
  }

  /**
   * A page of the list as the API shows it. The next page begins behind the last object of this
   * one, whatever is deleted meanwhile.
   *
   * @param objects what the documents of the page are shown as
   */
  public Map<String, Object> envelope(PagedQuery page, List<?> objects) {
    int behind = (int) Math.min(Integer.MAX_VALUE, (long) offset + limit);
    return envelope(page.total(), objects, page.more() ? link(behind, page.next()) : null);
  }

  private Map<String, Object> envelope(long total, List<?> objects, @Nullable String next) {
    var meta = new LinkedHashMap<String, @Nullable Object>();
    meta.put("limit", limit);
    meta.put("next", next);
    meta.put("offset", offset);
    meta.put("previous", offset > 0 ? link(Math.max(0, offset - limit), null) : null);
    meta.put("total_count", total);
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("meta", meta);
    envelope.put("objects", ListOptions.chosen(this, objects));
    return envelope;
  }

  private String link(int offset, @Nullable Cursor from) {
    var parameters = new LinkedHashMap<>(filters);
    parameters.putAll(options);
    parameters.put("limit", Integer.toString(limit));
    parameters.put("offset", Integer.toString(offset));
    if (from != null) {
      parameters.put("cursor", from.text());
    }
    return path
        + parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  /**
   * The uuid that a reference stands for: a URI of either form, or the bare uuid.
   *
   * @throws InvalidInput if it is neither
   */
  public static String uuid(String field, String reference) {
    var trimmed =
        reference.endsWith("/") ? reference.substring(0, reference.length() - 1) : reference;
    var last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    if (!Uuids.isUuid(last)) {
      throw new InvalidInput(field, "must be a resource URI or a uuid");
    }
    return last.toLowerCase(Locale.ROOT);
  }

  /**
   * The uuid in a path.
   *
   * @throws ApiFailure 404 if it is none
   */
  public static String pathUuid(String kind, String uuid) {
    if (!Uuids.isUuid(uuid)) {
      throw ApiFailure.notFound(kind + " " + uuid);
    }
    return uuid.toLowerCase(Locale.ROOT);
  }
}
