package dev.slipway.query.openapi;

import static dev.slipway.query.openapi.Answers.READING;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.Map;

/** Nodes, actions, accounts, and what clients ask for that there is none of. */
final class OtherOperations {

  private static final String NODES = "/api/infra/v1/node/";
  private static final String NODE = NODES + "{uuid}/";
  private static final String ACTION = "/api/audit/v1/action/{uuid}/";
  private static final String KEYS = "/api/account/v1/apikey/";
  private static final String USERS = "/api/account/v1/user/";
  private static final String ORGANISATIONS = "/api/account/v1/organisation/";

  private static final String[] NODE_FILTERS =
      AppOperations.filters(
          "uuid",
          "uuid__startswith",
          "state",
          "nickname",
          "node_cluster",
          "node_type",
          "region",
          "docker_version");

  private static final String[] ACTION_FILTERS =
      AppOperations.filters(
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
          "include_related");

  private static final Map<String, String> EMPTY =
      Map.of(
          "infra/v1/nodecluster", "NodeClusters",
          "infra/v1/provider", "Providers",
          "infra/v1/region", "Regions",
          "infra/v1/az", "AvailabilityZones",
          "infra/v1/nodetype", "NodeTypes",
          "infra/v1/tag", "Tags");

  private final Operations api;

  OtherOperations(Operations api) {
    this.api = api;
  }

  void describe() {
    nodes();
    actions();
    accounts();
    new SessionOperations(api).describe();
    new RegistryOperations(api).describe();
    organisations();
    policies();
    emptyLists();
    login();
  }

  private void nodes() {
    api.about("Nodes");
    api.list(NODES, "listNodes", "Lists nodes", "Node", NODE_FILTERS);
    api.read(NODE, "getNode", "Shows a node", "Node").header("ETag", "Version");
    api.update(NODE, "updateNode", "Names a node, or tags it", "Node");
    api.terminate(NODE, "terminateNode", "Takes a node out for good", "Node")
        .query("force")
        .canBeTriedAs("ForeseenNode");
    api.begin(NODE + "drain/", "drainNode", "Moves everything off a node", "Node")
        .canBeTriedAs("ForeseenNode");
    api.begin(NODE + "undrain/", "undrainNode", "Lets a node take containers again", "Node")
        .canBeTriedAs("ForeseenNode");
    unownedContainers();
    api.begin(NODE + "docker-upgrade/", "upgradeEngine", "Upgrades the node's Engine", "Node");
    api.begin(NODE + "health-check/", "checkNode", "Asks whether the node answers", "Node");
    api.write(
        HttpMethod.POST,
        "/api/infra/v1/token/",
        "createToken",
        "Gives what a new node's agent needs",
        201,
        "Token");
  }

  private void unownedContainers() {
    api.list(
        NODE + "unowned/",
        "listUnownedContainers",
        "Lists containers that no record accounts for",
        "UnownedContainer");
    api.begin(
        NODE + "unowned/{container}/remove/",
        "removeUnownedContainer",
        "Removes a container that no record accounts for",
        "Node");
    api.begin(
        NODE + "unowned/{container}/adopt/",
        "adoptUnownedContainer",
        "Gives a container that no record accounts for to the service that its labels name",
        "Service");
  }

  private void actions() {
    api.about("Actions");
    api.list("/api/audit/v1/action/", "listActions", "Lists actions", "Action", ACTION_FILTERS);
    api.read(ACTION, "getAction", "Shows an action", "Action");
    api.begin(ACTION + "cancel/", "cancelAction", "Stops the work of an action", "Action")
        .canBeTried();
    api.begin(ACTION + "retry/", "retryAction", "Asks for the same once more", "Action")
        .answers(200, Types.ref("Action"))
        .answers(201, Types.ref("Action"));
    api.websocket(ACTION + "logs/", "streamActionLogs", "Streams what it did", "ActionLogLine")
        .query("tail", "follow", "since", "until", "grep", "positions");
    api.about("Events");
    api.stream("/api/audit/v1/events/", "streamEvents", "Streams what changes", "Event")
        .query("type", "object", "parents", "since", "positions")
        .errors(List.of(410));
  }

  private void accounts() {
    api.about("Accounts");
    api.list(KEYS, "listApiKeys", "Lists API keys", "ApiKey").query("user");
    api.create(KEYS, "createApiKey", "Makes an API key", "ApiKey").query("user");
    api.read(KEYS + "{uuid}/", "getApiKey", "Shows an API key", "ApiKey").query("user");
    delete(KEYS + "{uuid}/", "revokeApiKey", "Revokes an API key").query("user");
    api.list(USERS, "listUsers", "Lists users", "User");
    api.create(USERS, "createUser", "Makes a user", "User");
    api.read(USERS + "{name}/", "getUser", "Shows a user", "User");
    delete(USERS + "{name}/", "deleteUser", "Deletes a user");
  }

  private void organisations() {
    var organisation = ORGANISATIONS + "{name}/";
    var members = organisation + "member/";
    api.list(ORGANISATIONS, "listOrganisations", "Lists organisations", "Organisation");
    api.create(ORGANISATIONS, "createOrganisation", "Makes an organisation", "Organisation");
    api.read(organisation, "getOrganisation", "Shows an organisation", "Organisation");
    api.list(members, "listMembers", "Lists the members of an organisation", "Member");
    api.create(members, "addMember", "Gives a user a role", "Member");
    api.read(members + "{user}/", "getMember", "Shows a member", "Member");
    delete(members + "{user}/", "removeMember", "Takes a user's role away");
  }

  private void policies() {
    var policy = "/api/account/v1/policy/{name}/";
    api.read(policy, "getPolicy", "Shows what a namespace may ask of hosts", "Policy");
    api.update(policy, "updatePolicy", "Changes what a namespace may ask of hosts", "Policy");
    var quotas = "/api/account/v1/quota/";
    api.list(quotas, "listQuotas", "Lists what namespaces use of their quotas", "Quotas");
    api.read(quotas + "{name}/", "getQuotas", "Shows what a namespace uses", "Quotas");
    api.update(quotas + "{name}/", "updateQuotas", "Sets quotas of a namespace", "Quotas");
  }

  private Call delete(String path, String id, String summary) {
    return api.write(HttpMethod.DELETE, path, id, summary, 200, "Deleted");
  }

  private void emptyLists() {
    api.about("Empty lists");
    EMPTY.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            list ->
                api.call(
                        HttpMethod.GET,
                        "/api/" + list.getKey() + "/",
                        "list" + list.getValue(),
                        "An empty list")
                    .shared("limit", "offset")
                    .answers(200, Types.ref("EmptyList"))
                    .errors(READING));
  }

  private void login() {
    api.about("Server");
    api.read("/api/audit/v1/summary/", "getSummary", "Shows a namespace at a glance", "Summary");
    api.call(HttpMethod.GET, "/version", "getVersion", "Shows the version of the server")
        .open()
        .answers(200, Types.ref("ServerVersion"))
        .errors(List.of(400, 415));
    api.call(HttpMethod.GET, "/", "getRoot", "Names the console and the API document")
        .open()
        .answers(200, Types.ref("Root"))
        .redirects("the console")
        .errors(List.of(400, 415));
    api.call(HttpMethod.GET, "/auth/", "checkLogin", "Tells whether the login is good")
        .answers(200, Types.anyObject())
        .errors(READING.stream().filter(status -> status != 400 && status != 404).toList());
    api.call(HttpMethod.GET, "/actuator/health/readiness", "getReadiness", "Tells whether it is up")
        .open()
        .answers(200, Types.ref("Health"))
        .answers(503, Types.ref("Health"))
        .errors(List.of(400, 415));
  }
}
