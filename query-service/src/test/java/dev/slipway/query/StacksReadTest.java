package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.http.AccountLog;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.stack.StackRef;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.KafkaAccess;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.service.Happenings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stacks over HTTP, from records in a log to JSON. */
class StacksReadTest {

  static final String STACKS = "/api/app/v1/admin/stack/";
  static final StackId SHOP = new StackId("57000000-0000-4000-8000-000000000001");
  static final StackId EMPTY = new StackId("57000000-0000-4000-8000-000000000002");
  static final StackId GONE = new StackId("57000000-0000-4000-8000-000000000003");
  static final StackId BUSY = new StackId("57000000-0000-4000-8000-000000000004");
  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId LB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000002");
  static final ServiceId LOOSE = new ServiceId("3f0c7d7e-0000-4000-8000-000000000003");
  static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  static final FakeLog LOG = new FakeLog();
  static final HttpClient HTTP = HttpClient.newHttpClient();

  static ServletWebServerApplicationContext context;

  @BeforeAll
  static void start() {
    append(new StackCreated(SHOP, NAMESPACE, "shop", null), 0);
    append(new StackRenamed(SHOP, "the shop"), 1);
    append(begun(SHOP, OperationKind.START), 2);
    append(new StackOperationEnded(SHOP, ACTION, true, null), 3);
    append(new StackCreated(EMPTY, NAMESPACE, "empty", null), 0);
    append(new StackCreated(GONE, NAMESPACE, "shop", null), 0);
    append(new StackTerminated(GONE), 1);
    append(new StackCreated(BUSY, NAMESPACE, "busy", null), 0);
    append(begun(BUSY, OperationKind.REDEPLOY), 1);
    appendServices();
    var application = QueryServiceApplication.application();
    application.addInitializers(
        started -> {
          started.getBeanFactory().registerSingleton("log", (KafkaAccess) LOG);
          started
              .getBeanFactory()
              .registerSingleton("accountLog", (AccountLog) () -> LOG.consumer("directory"));
        });
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.mongodb=" + Stores.freshUri());
    await().until(() -> get("/actuator/health/readiness").statusCode() == 200);
  }

  static StackOperationBegun begun(StackId stack, OperationKind kind) {
    return new StackOperationBegun(stack, ACTION, kind, START, false, List.of(WEB));
  }

  static void append(StackEvent event, long sequence) {
    LOG.append(
        Happenings.record(
            Topics.STACK_EVENTS,
            event.stackId().value(),
            event,
            sequence,
            event instanceof StackTerminated ? Instant.now() : START.plusSeconds(sequence)));
  }

  static void appendServices() {
    var shop = new StackRef(SHOP, "shop");
    var web = new ArrayList<>(Happenings.running(WEB, "web"));
    web.set(0, new ServiceCreated(WEB, NAMESPACE, Happenings.definition("web"), shop));
    Happenings.records(web).forEach(LOG::append);
    Happenings.records(Happenings.running(LOOSE, "web")).forEach(LOG::append);
    var lb =
        ServiceDefinition.read(
            Map.of(
                "image",
                "demo/lb",
                "name",
                "lb",
                "memory",
                64,
                "autorestart",
                "ON_FAILURE",
                "bindings",
                List.of(
                    Map.of("container_path", "/d", "rewritable", false),
                    Map.of("volumes_from", WEB.value())),
                "linked_to_service",
                List.of(
                    Map.of("to_service", WEB.value(), "name", "w"),
                    Map.of("to_service", LOOSE.value(), "name", "l"))));
    LOG.append(
        Happenings.record(
            Topics.SERVICE_EVENTS,
            LB.value(),
            new ServiceCreated(LB, NAMESPACE, lb, shop),
            0,
            START.plusSeconds(1)));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  static HttpResponse<String> get(String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    return HTTP.send(
        HttpRequest.newBuilder(uri).header("Authorization", "Basic YWRtaW46a2V5").build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(String path) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  static List<String> uuids(String path) throws Exception {
    return json(path).get("objects").findValuesAsString("uuid");
  }

  static String path(ServiceId service) {
    return "/api/app/v1/admin/service/" + service + "/";
  }

  @Test
  void showsAStackWithWhatFollowsFromItsServices() throws Exception {
    var shop = json(STACKS + SHOP + "/");
    assertThat(shop.get("resource_uri").asString()).isEqualTo(STACKS + SHOP + "/");
    assertThat(shop.get("name").asString()).isEqualTo("shop");
    assertThat(shop.get("nickname").asString()).isEqualTo("the shop");
    assertThat(shop.get("state").asString()).isEqualTo("Partly running");
    assertThat(shop.get("synchronized").asBoolean()).isTrue();
    assertThat(shop.get("services").valueStream().map(JsonNode::asString))
        .containsExactly(path(WEB), path(LB));
    assertThat(shop.get("deployed_datetime").asString())
        .isEqualTo("Fri, 02 Jan 2026 03:04:07 +0000");
    assertThat(shop.get("destroyed_datetime").isNull()).isTrue();
    assertThat(json(STACKS + EMPTY).get("state").asString()).isEqualTo("Not running");
    assertThat(json(STACKS + BUSY).get("state").asString()).isEqualTo("Redeploying");
    assertThat(json(STACKS + GONE).get("state").asString()).isEqualTo("Terminated");
  }

  @Test
  void listsStacksByEveryFilter() throws Exception {
    assertThat(uuids(STACKS))
        .containsExactly(SHOP.value(), EMPTY.value(), GONE.value(), BUSY.value());
    assertThat(uuids(STACKS + "?name=shop")).containsExactly(SHOP.value());
    assertThat(uuids(STACKS + "?uuid=" + GONE)).containsExactly(GONE.value());
    assertThat(uuids(STACKS + "?uuid__startswith=5700"))
        .containsExactly(SHOP.value(), EMPTY.value(), BUSY.value());
    assertThat(uuids(STACKS + "?state=Partly+running")).containsExactly(SHOP.value());
    assertThat(uuids(STACKS + "?state=Not+Running")).containsExactly(EMPTY.value());
    assertThat(get(STACKS + "?state=Happy").statusCode()).isEqualTo(400);
    assertThat(get(STACKS + "?colour=red").statusCode()).isEqualTo(400);
    assertThat(get(STACKS + "web").statusCode()).isEqualTo(404);
    assertThat(get("/api/app/v1/other/stack/" + SHOP).statusCode()).isEqualTo(404);
    var page = json(STACKS + "?limit=1&offset=1");
    assertThat(page.at("/meta/total_count").asInt()).isEqualTo(4);
    assertThat(page.at("/meta/next").asString()).startsWith(STACKS + "?");
  }

  @Test
  void exportsAStackAsItsFile() throws Exception {
    var file = json(STACKS + SHOP + "/export/");
    assertThat(file.propertyNames()).containsExactly("web", "lb");
    assertThat((Object) file.get("lb"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"image":"demo/lb:latest","mem_limit":"64m","restart":"on-failure",
                     "volumes":["/d:ro"],"volumes_from":["web"],"links":["web:w","LOOSE:l"]}
                    """
                        .replace("LOOSE", LOOSE.value())));
    assertThat(file.at("/web/environment/DB_PASS").asString()).isEqualTo("s3cret");
    assertThat(file.at("/web/ports/0").asString()).isEqualTo("8080:80");
    assertThat(file.at("/web/target_num_containers").asInt()).isEqualTo(2);
  }

  @Test
  void findsServicesAndContainersByTheirStack() throws Exception {
    var services = "/api/app/v1/service/?stack";
    assertThat(uuids(services + "__name=shop&name=web")).containsExactly(WEB.value());
    assertThat(uuids(services + "=%2Fapi%2Fapp%2Fv1%2Fadmin%2Fstack%2F" + SHOP + "%2F"))
        .containsExactly(WEB.value(), LB.value());
    assertThat(uuids(services + "__name=other")).isEmpty();
    assertThat(uuids("/api/app/v1/container/?service__stack__name=shop&name=web-1")).hasSize(1);
    assertThat(uuids("/api/app/v1/container/?stack=" + SHOP)).hasSize(2);
    var web = json(path(WEB));
    assertThat(web.get("stack").asString()).isEqualTo(STACKS + SHOP + "/");
    assertThat(web.get("public_dns").asString()).isEqualTo("web.shop.3f0c7d7e.svc.localhost");
    assertThat(json(path(LOOSE)).get("stack").isNull()).isTrue();
  }
}
