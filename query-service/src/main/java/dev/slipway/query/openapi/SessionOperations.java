package dev.slipway.query.openapi;

import dev.slipway.model.account.Role;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.Arrays;

/** Sessions of the console, and what they look like. */
final class SessionOperations {

  private static final String SESSION = "/api/account/v1/session/";

  private final Operations api;

  SessionOperations(Operations api) {
    this.api = api;
  }

  static void schemas(Schemas schemas) {
    schemas
        .object("Session")
        .text("user", "home", "version")
        .listOf("SessionNamespace", "namespaces")
        .flag("administrator")
        .textOrNull("expires_at")
        .add("features", Types.ref("SessionFeatures"));
    schemas
        .object("SessionNamespace")
        .text("name")
        .oneOf("role", Arrays.stream(Role.values()).map(Role::text).toList());
    schemas.object("SessionFeatures").flag("exec", "simulated");
    schemas.object("SessionCreate").text("user", "apikey");
  }

  /** They belong with the accounts. */
  void describe() {
    api.call(HttpMethod.POST, SESSION, "openSession", "Logs in at the console")
        .open()
        .body("SessionCreate")
        .answers(201, Types.ref("Session"))
        .header("X-DockerCloud-Action-URI", "Action")
        .strict()
        .errors(Answers.WRITING);
    api.call(HttpMethod.GET, SESSION, "getSession", "Shows who is logged in")
        .answers(200, Types.ref("Session"))
        .errors(Answers.READING);
    api.write(
        HttpMethod.PUT,
        SESSION,
        "extendSession",
        "Lets the session last 12 more hours",
        200,
        "Session");
    api.call(HttpMethod.DELETE, SESSION, "closeSession", "Logs out")
        .shared("changeReason", "prefer")
        .empty(204)
        .header("X-DockerCloud-Action-URI", "Action")
        .errors(Answers.WRITING);
  }
}
