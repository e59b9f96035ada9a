package dev.slipway.query.openapi;

import com.google.re2j.Pattern;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;

/** Describes the paths and what can be done at each. */
final class Operations {

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private static final String ACCOUNTS = "/api/account/";
  private static final String TOKENS = "/api/infra/v1/token/";

  private final Paths paths = new Paths();
  private final List<Tag> tags = new ArrayList<>();
  private final Parameters parameters;
  private final Schemas schemas;
  private final Words words;

  Operations(Parameters parameters, Schemas schemas, Words words) {
    this.parameters = parameters;
    this.schemas = schemas;
    this.words = words;
  }

  Paths paths() {
    return paths;
  }

  List<Tag> tags() {
    return tags;
  }

  /** What follows is about this. */
  Operations about(String subject) {
    tags.add(new Tag().name(subject).description(words.of("tag." + subject)));
    return this;
  }

  /** A page of things. */
  Call list(String path, String id, String summary, String schema, String... filters) {
    var call = call(HttpMethod.GET, path, id, summary);
    if (filters.length > 0) {
      call.filters(schemas.states(schema), filters);
    }
    var page = Types.ref(schemas.listOf(schema));
    boolean partial = List.of(filters).contains("fields");
    return call.answers(200, partial ? Types.either(page, Types.ref("PartialList")) : page)
        .errors(Answers.READING);
  }

  Call read(String path, String id, String summary, String schema) {
    return call(HttpMethod.GET, path, id, summary)
        .answers(200, Types.ref(schema))
        .errors(Answers.READING);
  }

  /** A websocket, which is also to be had as text and as server-sent events. */
  Call stream(String path, String id, String summary, String frame) {
    return websocket(path, id, summary, frame)
        .query("format")
        .shared("lastEventId")
        .answers(200, "text/plain", Types.text())
        .answers(200, "text/event-stream", Types.ref(frame));
  }

  /** A GET that becomes a websocket, whose frames are such objects. */
  Call websocket(String path, String id, String summary, String frame) {
    return call(HttpMethod.GET, path, id, summary)
        .answers(101, Types.ref(frame))
        .errors(Answers.READING);
  }

  /** Makes a thing. */
  Call create(String path, String id, String summary, String schema) {
    return write(HttpMethod.POST, path, id, summary, 201, schema).body(schema + "Create");
  }

  Call update(String path, String id, String summary, String schema) {
    return write(HttpMethod.PATCH, path, id, summary, 200, schema).body(schema + "Update");
  }

  /** Begins work that the answer's action tells the end of. */
  Call begin(String path, String id, String summary, String schema) {
    return write(HttpMethod.POST, path, id, summary, 202, schema);
  }

  /** Begins the end of a thing. */
  Call terminate(String path, String id, String summary, String schema) {
    return write(HttpMethod.DELETE, path, id, summary, 202, schema);
  }

  Call write(HttpMethod method, String path, String id, String summary, int status, String schema) {
    var call =
        call(method, path, id, summary)
            .shared("changeReason", "prefer")
            .answers(status, Types.ref(schema))
            .header("X-DockerCloud-Action-URI", "Action")
            .header("Slipway-Read-Model", "Behind")
            .errors(Answers.WRITING);
    if (!path.startsWith(ACCOUNTS) && !path.equals(TOKENS)) {
      call.shared("ifMatch").header("ETag", "Version");
    }
    return path.startsWith(ACCOUNTS) && method != HttpMethod.POST && method != HttpMethod.PATCH
        ? call
        : call.strict();
  }

  Call call(HttpMethod method, String path, String id, String summary) {
    var operation = new Operation().operationId(id).summary(summary);
    operation.addTagsItem(tags.getLast().getName());
    paths.computeIfAbsent(path, _ -> new PathItem()).operation(method, operation);
    var call = new Call(operation, parameters, words);
    var variables = VARIABLE.matcher(path);
    while (variables.find()) {
      call.path(variables.group(1));
    }
    return call;
  }
}
