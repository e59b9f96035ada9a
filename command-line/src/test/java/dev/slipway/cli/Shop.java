package dev.slipway.cli;

/** A server with a stack of two services on one node. */
final class Shop {

  static final String WEB = "3f0c7d7e-0000-4000-8000-000000000001";
  static final String DB = "3f0c7d7e-0000-4000-8000-000000000002";
  static final String STACK = "3f0c7d7e-0000-4000-8000-000000000003";
  static final String NODE = "3f0c7d7e-0000-4000-8000-000000000004";
  static final String ACTION = "3f0c7d7e-0000-4000-8000-000000000005";
  static final String CONTAINER = "3f0c7d7e-0000-4000-8000-000000000006";
  static final String SERVICES = "/api/app/v1/service/";
  static final String DATE = "Fri, 02 Jan 2026 03:04:05 +0000";

  private Shop() {}

  static String service(String uuid, String name, String state, int running, int target) {
    return """
    {"uuid":"%s","resource_uri":"/api/app/v1/service/%s/","name":"%s","nickname":"%s","image_name":"demo/hello:1","state":"%s",
     "running_num_containers":%d,"current_num_containers":%d,"target_num_containers":%d,"synchronized":true,
     "stack":"/api/app/v1/stack/%s/","containers":[],"container_envvars":[{"key":"A","value":"b"}],
     "container_ports":[{"protocol":"tcp","inner_port":80,"outer_port":8080,"published":true}],"command":null}
    """
        .formatted(uuid, uuid, name, name, state, running, running, target, STACK);
  }

  static FakeServer server() {
    var web = service(WEB, "web", "Partly running", 2, 3);
    var db = service(DB, "db", "Running", 1, 1);
    return new FakeServer()
        .list(SERVICES, web, db)
        .list(SERVICES + "?name=web&limit=100", web)
        .list(SERVICES + "?name=db&limit=100", db)
        .list(SERVICES + "?name=wbe&limit=100")
        .on("GET " + SERVICES + WEB + "/", web)
        .on("GET " + SERVICES + DB + "/", db)
        .on("GET " + SERVICES + WEB + "/why/", WHY)
        .on("GET " + SERVICES + WEB + "/history/", HISTORY)
        .on("GET " + SERVICES + WEB + "/diff/", DIFF)
        .list("/api/app/v1/stack/", STACK_JSON)
        .list("/api/app/v1/stack/?name=shop&limit=100", STACK_JSON)
        .on("GET /api/app/v1/stack/" + STACK + "/history/", STACK_HISTORY)
        .on("GET /api/app/v1/stack/" + STACK + "/diff/", STACK_DIFF)
        .list("/api/infra/v1/node/", NODE_JSON)
        .list("/api/audit/v1/action/", action("In progress", ""))
        .list("/api/app/v1/container/", CONTAINER_JSON)
        .on("GET /api/audit/v1/action/" + ACTION + "/", action("Success", ""));
  }

  static String action(String state, String reason) {
    return """
    {"uuid":"%s","resource_uri":"/api/audit/v1/action/%s/","action":"Service Scale","state":"%s","reason":"%s","user":"admin",
     "object":"/api/app/v1/service/%s/","created":"%s","ip":"127.0.0.1","change_reason":"larger for the sale"}
    """
        .formatted(ACTION, ACTION, state, reason, WEB, DATE);
  }

  static final String STACK_CHANGES =
      """
      [{"name":"web","change":"update","changes":[{"attribute":"image","from":"demo/web:1","to":"demo/web:2"}]},
       {"name":"worker","change":"create","changes":[{"attribute":"image","from":null,"to":"demo/w"}]},
       {"name":"old\\u001b[2J","change":"terminate","changes":[]}]
      """;

  static final String STACK_HISTORY =
      """
      {"meta":{"next":null},"objects":[{"version":3,"position":9,"datetime":"%s","type":"StackDefined","user":"admin",
        "ip":"127.0.0.1","reason":"new release","cause":"command","action":null,"changes":[],"services":%s}]}
      """
          .formatted(DATE, STACK_CHANGES);

  static final String STACK_DIFF =
      """
      {"from":{"version":1,"datetime":"%s"},"to":{"version":3,"datetime":"%s"},
       "changes":[{"attribute":"nickname","from":null,"to":"the shop"}],"services":%s}
      """
          .formatted(DATE, DATE, STACK_CHANGES);

  static final String STACK_JSON =
      """
      {"uuid":"%s","resource_uri":"/api/app/v1/stack/%s/","name":"shop","state":"Partly running","synchronized":true,
       "services":["/api/app/v1/service/%s/","/api/app/v1/service/%s/"]}
      """
          .formatted(STACK, STACK, WEB, DB);

  static final String NODE_JSON =
      """
      {"uuid":"%s","resource_uri":"/api/infra/v1/node/%s/","nickname":"vm","state":"Deployed","current_num_containers":3,
       "tags":[{"name":"db","origin":"user"}],"docker_version":"20.10.24","drain":null,"cpu":2,"memory":4096,"public_ip":"10.0.0.1"}
      """
          .formatted(NODE, NODE);

  static final String CONTAINER_JSON =
      """
      {"uuid":"%s","resource_uri":"/api/app/v1/container/%s/","name":"web-1","state":"Running","node":"/api/infra/v1/node/%s/",
       "image_name":"demo/hello:1","started_datetime":"%s","exit_code":null,"restart_count":2,"health":"healthy","waiting_reason":null,
       "container_ports":[{"protocol":"tcp","inner_port":80,"outer_port":8080,"published":true}],
       "last_metric":{"cpu_percent":12.34,"memory_bytes":104857600,"memory_limit_bytes":536870912}}
      """
          .formatted(CONTAINER, CONTAINER, NODE, DATE);

  static final String WHY =
      """
      {"service":"/api/app/v1/service/%s/","name":"web","state":"Partly running","version":9,
       "summary":"web is partly running: 2 of 3 run; web-3 waits for a node.","operation":null,"waiting_operations":[],
       "last_operation":{"kind":"scale","ended":"%s","success":false,"reason":"no node can take web-3"},
       "slots":[
        {"slot":1,"name":"web-1","node_name":"vm","state":"Running","since":"%s","reason":null,"waits_for":null,"refusals":[]},
        {"slot":3,"name":"web-3","node_name":null,"state":"None","since":"%s","reason":"web-3: no node can take it",
         "waits_for":"a node that can take it",
         "refusals":[{"node_name":"node-3","reason":"missing tag db"},{"node_name":"node-4","reason":"node-4 has port 80/tcp taken"}]}],
       "node_problems":[{"node_name":"node-5","reason":"assignments are missing"}]}
      """
          .formatted(WEB, DATE, DATE, DATE);

  static final String HISTORY =
      """
      {"meta":{"next":null},"objects":[
       {"version":9,"datetime":"%s","type":"ServiceUpdated","user":"admin","cause":"command","reason":"larger for the sale",
        "changes":[{"attribute":"target_num_containers","from":2,"to":3}],"ip":"127.0.0.1","action":"/api/audit/v1/action/a/"},
       {"version":8,"datetime":"%s","type":"OperationEnded","user":"node-agent","cause":"report","reason":null,
        "changes":[{"attribute":"state","from":"Starting","to":"Running"}],"ip":null,"action":null}]}
      """
          .formatted(DATE, DATE);

  static final String DIFF =
      """
      {"from":{"version":7},"to":{"version":9},"changes":[
       {"attribute":"image","from":"demo/hello:1","to":"demo/hello:2"},{"attribute":"memory","from":null,"to":512},
       {"attribute":"user","from":"root","to":null}]}
      """;
}
