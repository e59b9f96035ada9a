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
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
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
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A query side over a log with some stacks, for tests over HTTP. */
abstract class StackReads {

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
    append(defined("demo/web:1", "old"), 1);
    append(defined("demo/web:2", "new"), 2);
    append(new StackTerminated(GONE), 3);
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

  /** Of two services, one of which has another uuid for each name. */
  static StackDefined defined(String image, String other) {
    return new StackDefined(
        GONE,
        List.of(
            new DefinedService(WEB, service("web", image)),
            new DefinedService(new ServiceId("of " + other), service(other, "demo/other"))));
  }

  static ServiceDefinition service(String name, String image) {
    return ServiceDefinition.read(
        Map.of(
            "name",
            name,
            "image",
            image,
            "container_envvars",
            List.of(Map.of("key", "PASSWORD", "value", "s3cret"))));
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
}
