package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What requests carry in their path, their query and their headers. */
final class Parameters {

  /** Those that many operations have: written once, and referred to. */
  private final Map<String, Parameter> shared = new TreeMap<>();

  private static final List<String> ORDERS =
      List.of("name", "-name", "state", "-state", "created", "-created");

  private final Words words;

  Parameters(Words words) {
    this.words = words;
    share("limit", query("limit", Types.whole(0, 100)._default(25)));
    share("offset", query("offset", Types.whole(0, Integer.MAX_VALUE)._default(0)));
    share("cursor", query("cursor", Types.text().maxLength(1000)));
    share("dryRun", query("dry_run", Types.flag()._default(false)));
    share("strict", query("strict", Types.flag()._default(false)));
    share("changeReason", header("X-Change-Reason", Types.text().maxLength(1000)));
    share("ifMatch", header("If-Match", Types.text()));
    share("prefer", header("Prefer", Types.oneOf(List.of("respond-async"))));
    share("lastEventId", header("Last-Event-ID", Types.text()));
    share("idempotencyKey", header("Idempotency-Key", Types.text()));
  }

  private void share(String name, Parameter parameter) {
    shared.put(name, parameter);
  }

  Map<String, Parameter> shared() {
    return shared;
  }

  static Parameter ref(String name) {
    return new Parameter().$ref("#/components/parameters/" + name);
  }

  Parameter path(String name) {
    var schema =
        switch (name) {
          case "uuid", "trigger_uuid", "container" -> Types.uuid();
          case "n" -> Types.whole(1, Integer.MAX_VALUE);
          default -> Types.text();
        };
    return parameter(name, schema).in("path").required(true);
  }

  /** A parameter of one operation or of a few. */
  Parameter query(String name) {
    return query(
        name,
        switch (name) {
          case "tail" -> Types.whole(0, 10_000);
          case "follow" -> Types.flag();
          case "force", "positions", "prune" -> Types.flag()._default(false);
          case "reuse_volumes" -> Types.flag()._default(true);
          case "format" -> Types.oneOf(List.of("text", "sse"));
          case "order" -> Types.oneOf(List.of("asc", "desc"));
          case "before", "after", "version" -> Types.whole(0, Integer.MAX_VALUE);
          default -> Types.text();
        });
  }

  private Parameter query(String name, Schema<?> schema) {
    return parameter(name, schema).in("query");
  }

  /** One of a name that means something else elsewhere. */
  Parameter query(String name, String words) {
    return new Parameter()
        .name(name)
        .in("query")
        .schema(Types.text())
        .description(this.words.of(words));
  }

  /** What must hold of the things in a list. */
  Parameter filter(String name, List<?> states) {
    var schema =
        switch (name) {
          case "uuid" -> Types.uuid();
          case "state" -> states(states);
          case "include_related" -> Types.flag();
          case "order_by" -> Types.oneOf(ORDERS);
          case "search" -> Types.text().maxLength(200);
          default -> Types.text();
        };
    return new Parameter()
        .name(name)
        .in("query")
        .schema(schema)
        .description(words.of("filter." + name));
  }

  private static Schema<Object> states(List<?> names) {
    return Types.oneOf(names.stream().map(String::valueOf).toList());
  }

  private Parameter header(String name, Schema<?> schema) {
    return parameter(name, schema).in("header");
  }

  private Parameter parameter(String name, Schema<?> schema) {
    return new Parameter().name(name).schema(schema).description(words.of("parameter." + name));
  }
}
