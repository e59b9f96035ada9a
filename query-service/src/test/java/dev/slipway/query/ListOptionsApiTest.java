package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeUnreachable;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order, search, excluded states and chosen fields of lists, over HTTP. */
class ListOptionsApiTest {

  static final FakeLog LOG = new FakeLog();
  static QueryServer server;

  static ServiceId id(int number) {
    return new ServiceId("3f0c7d7e-0000-4000-8000-%012d".formatted(number));
  }

  @BeforeAll
  static void start() {
    records(Happenings.running(id(1), "web")).forEach(LOG::append);
    service(2, "db", "library/postgres:17");
    records(Happenings.running(id(3), "api")).forEach(LOG::append);
    records(Happenings.terminated(id(3)), 9).forEach(LOG::append);
    service(4, "cache", "redis:8");
    for (int number = 1; number <= 2; number++) {
      node(number);
    }
    for (var name : List.of("shop", "blog")) {
      var stack = new StackId("5ac00000-0000-4000-8000-00000000000" + name.charAt(0) % 10);
      LOG.append(
          record(
              Topics.STACK_EVENTS,
              stack.value(),
              new StackCreated(stack, NAMESPACE, name, null),
              0,
              START.plusSeconds(name.length())));
    }
    server = new QueryServer(LOG, "--slipway.terminated-shown=36500d");
  }

  static void service(int number, String name, String image) {
    var definition = ServiceDefinition.read(Map.of("image", image, "name", name));
    var event = new ServiceCreated(id(number), NAMESPACE, definition, null);
    LOG.append(
        record(Topics.SERVICE_EVENTS, id(number).value(), event, 0, START.plusSeconds(number)));
  }

  static void node(int number) {
    var id = new NodeId("3f0c7d7e-0000-4000-8000-00000000000" + number);
    var facts =
        new NodeFacts(
            "node-" + (9 - number),
            List.of(),
            "127.0.0.1",
            "20.10",
            new NodeFacts.Capacity(2, 4096, 9),
            false);
    var events = new ArrayList<Object>(List.of(new NodeRegistered(id, NAMESPACE, facts)));
    if (number == 2) {
      events.add(new NodeUnreachable(id));
    }
    for (int i = 0; i < events.size(); i++) {
      LOG.append(
          record(Topics.NODE_EVENTS, id.value(), events.get(i), i, START.plusSeconds(number)));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "app, service, order_by=name, 'api cache db web'",
    "app, service, order_by=-name, 'web db cache api'",
    "app, service, order_by=state, 'db cache web api'",
    "app, service, order_by=-created&state=Not+running, 'cache db'",
    "app, service, state__not=Terminated&order_by=name, 'cache db web'",
    "app, service, 'state__not=Terminated,Running&order_by=name', 'cache db'",
    "app, service, search=POST, db",
    "app, service, search=demo&state__not=Terminated, web",
    "app, service, search=c.che, ''",
    "app, service, search=%5CE.*, ''",
    "app, service, search=a&name=db, db",
    "app, container, order_by=-name&state__not=Terminated, 'web-2 web-1'",
    "app, container, search=eb-2, web-2",
    "app, container, search=demo%2Fhello&state=Running&order_by=name, 'web-1 web-2'",
    "app, container, state__not=Running&order_by=name, 'api-1 api-2'",
    "app, stack, order_by=name, 'blog shop'",
    "app, stack, order_by=-state&state__not=Running, 'blog shop'",
    "app, stack, search=HO, shop",
    "app, stack, state__not=Not+running, ''",
    "infra, node, order_by=name, 'node-7 node-8'",
    "infra, node, order_by=-state, 'node-7 node-8'",
    "infra, node, state__not=Unreachable, node-8",
    "infra, node, search=E-7, node-7",
  })
  void haveWhatWasAskedForInTheOrderThatWasAskedFor(
      String part, String list, String options, String expected) throws Exception {
    var path = "/api/%s/v1/%s/?%s".formatted(part, list, options);
    var field = list.equals("node") ? "nickname" : "name";
    assertThat(server.texts(path, field)).containsExactly(words(expected));
  }

  static String[] words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  @Test
  void keepTheirOptionsOnEveryPage() throws Exception {
    var names = new ArrayList<String>();
    var path = "/api/app/v1/service/?order_by=-name&search=e&fields=name&limit=1";
    while (path != null) {
      var page = server.json(path);
      page.get("objects").forEach(one -> names.add(one.get("name").asString()));
      var next = page.get("meta").get("next");
      path = next.isNull() ? null : next.asString();
    }
    assertThat(names).containsExactly("web", "db", "cache", "api");
  }

  @Test
  void haveTheChosenFieldsOnly() throws Exception {
    for (var list : List.of("app/v1/service", "app/v1/container", "app/v1/stack")) {
      assertThat(server.json("/api/" + list + "/?fields=name,uuid").get("objects"))
          .isNotEmpty()
          .allSatisfy(one -> assertThat(one.propertyNames()).containsOnly("uuid", "name"));
    }
    assertThat(server.json("/api/app/v1/service/?name=none&fields=uuid").get("objects")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "app/v1/service/?order_by=image, order_by must be one of created name state",
    "app/v1/service/?order_by=--name, order_by must be one of",
    "app/v1/stack/?order_by=x, order_by must be one of",
    "app/v1/service/?state__not=Happy, state__not must be one of",
    "app/v1/stack/?state__not=Scaling, state__not is no state of a stack",
    "audit/v1/action/?state__not=x, state__not must be one of",
    "app/v1/service/?search=%00, search must have at most 200 characters",
    "app/v1/service/?fields=nam, 'fields names ''nam'''",
    "app/v1/service/?fields=, 'fields names '''''",
  })
  void refuseWhatTheyDoNotKnow(String path, String error) throws Exception {
    var response = server.get("/api/" + path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body().replace(",", "")).startsWith("{\"error\":\"" + error);
  }
}
