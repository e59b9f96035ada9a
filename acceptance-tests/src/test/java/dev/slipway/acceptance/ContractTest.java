package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What clients of the old service do and would break on, each habit as its client has it. The
 * numbers are those of the list in {@code docs/conformance.md}.
 */
class ContractTest {

  private static final String IMAGE = "demo/hello";
  private static final String ACTION = "X-DockerCloud-Action-URI";
  private static final String DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
          + " \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000";

  private static Slipway slipway;
  private static Api api;

  @BeforeAll
  static void start(@TempDir Path data) {
    slipway = Slipway.simulated(data);
    api = slipway.api();
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  private static JsonNode create(String name, Object... more) {
    var body = new HashMap<String, Object>(Map.of("image", IMAGE, "name", name));
    for (int i = 0; i < more.length; i += 2) {
      body.put((String) more[i], more[i + 1]);
    }
    return api.post(SERVICES, body).is(201).json();
  }

  private static String uri(JsonNode thing) {
    return thing.path("resource_uri").asString();
  }

  private static JsonNode running(String name, Object... more) {
    var service = create(name, more);
    api.post(uri(service) + "start/").is(202);
    awaitState(uri(service), "Running");
    return api.get(uri(service)).json();
  }

  private static void awaitState(String uri, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(api.get(uri).is(200).text("state")).isEqualTo(state));
  }

  private static List<JsonNode> objects(Api.Answer answer) {
    return StreamSupport.stream(answer.is(200).json().path("objects").spliterator(), false)
        .toList();
  }

  private static List<String> names(String list) {
    return objects(api.get(list)).stream().map(one -> one.path("name").asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/app/v1/service",
        "/api/app/v1/container",
        "/api/app/v1/stack",
        "/api/infra/v1/node",
        "/api/infra/v1/nodecluster",
        "/api/audit/v1/action",
        "/api/repo/v1/repository"
      })
  void n01ServesEveryPathWithAndWithoutItsSlash(String path) {
    for (var form : List.of(path, path + "/", path + "?limit=1", path + "/?limit=1")) {
      assertThat(api.get(form).is(200).json().path("objects").isArray()).isTrue();
    }
  }

  @Test
  void n01TakesWritesWithAndWithoutTheirSlash() {
    for (var slash : List.of("", "/")) {
      var uri = "/api/app/v1/service/" + create("slash").path("uuid").asString();
      api.patch(uri + slash, Map.of("nickname", "n")).is(200);
      api.post(uri + "/start" + slash).is(202);
      awaitState(uri, "Running");
      api.delete(uri + slash).is(202);
    }
  }

  @Test
  void n02CollapsesDoubleSlashes() {
    var uri = uri(create("double"));
    var trigger = api.post(uri + "/trigger/", Map.of("name", "t", "operation", "REDEPLOY")).json();
    assertThat(trigger.path("name").asString()).isEqualTo("t");
    assertThat(objects(api.get(uri + "/trigger/"))).hasSize(1);
    api.delete(uri + "/trigger/" + trigger.path("uuid").asString() + "/").is(202);
    assertThat(objects(api.get(uri + "/trigger/"))).isEmpty();
  }

  @Test
  void n03KnowsBothFormsOfAnAddress() {
    var uuid = create("forms").path("uuid").asString();
    var plain = api.get("/api/app/v1/service/" + uuid + "/").is(200);
    var named = api.get("/api/app/v1/admin/service/" + uuid + "/").is(200);
    assertThat(plain.json()).isEqualTo(named.json());
    assertThat(plain.text("resource_uri")).isEqualTo("/api/app/v1/admin/service/" + uuid + "/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "text/html", "application/xml;q=0.5"})
  void n04AsksForNoAcceptHeader(String accept) {
    var answer = api.call("GET", SERVICES, null, "Accept", accept);
    assertThat(answer.is(200).raw().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void n05AsksForNoContentType() {
    api.call("POST", SERVICES, "{\"image\":\"%s\"}".formatted(IMAGE)).is(201);
    var uri = uri(create("typeless"));
    api.call("PATCH", uri, "{\"nickname\":\"n\"}").is(200);
    api.call("GET", uri, null, "Content-Type", "application/json").is(200);
    api.call("PATCH", uri, "", "Content-Type", "application/json").is(200);
    api.call("POST", uri + "start/", "", "Content-Type", "application/json").is(202);
    awaitState(uri, "Running");
    api.call("DELETE", uri, null, "Content-Type", "application/json").is(202);
  }

  @Test
  void n06PassesOverABodyWhereNoneIsNeeded() {
    var uri = uri(create("bodies"));
    api.call("GET", uri, "{}").is(200);
    api.call("GET", SERVICES, "{}").is(200);
    api.call("POST", uri + "start/", "{}").is(202);
    awaitState(uri, "Running");
    api.call("DELETE", uri, "{}").is(202);
  }

  @Test
  void n07AnswersEveryWriteWithAnObject() {
    var uri = uri(create("objects"));
    assertThat(api.patch(uri, Map.of()).is(200).text("resource_uri")).isEqualTo(uri);
    assertThat(api.post(uri + "start/").is(202).text("resource_uri")).isEqualTo(uri);
    awaitState(uri, "Running");
    for (var verb : List.of("scale/", "redeploy/", "stop/", "start/")) {
      var answer = api.post(uri + verb).is(202);
      assertThat(answer.text("resource_uri")).isEqualTo(uri);
      awaitState(uri, verb.equals("stop/") ? "Stopped" : "Running");
    }
    assertThat(api.delete(uri).is(202).text("resource_uri")).isEqualTo(uri);
  }

  @Test
  void n08NamesTheActionInAHeaderWithExactlyThatName() {
    var created = api.post(SERVICES, Map.of("image", IMAGE)).is(201);
    var uri = created.text("resource_uri");
    var patched = api.patch(uri, Map.of("nickname", "n")).is(200);
    var refused = api.post(uri + "stop/").is(409);
    var deleted = api.delete(uri).is(202);
    for (var answer : List.of(created, patched, refused, deleted)) {
      assertThat(answer.raw().headers().firstValue(ACTION).orElseThrow())
          .matches("/api/audit/v1/action/[0-9a-f-]{36}/");
    }
    assertThat(api.exactHeaders("POST", uri + "stop/")).contains(ACTION);
  }

  @Test
  void n09ShowsWhatItAnsweredAtOnce() {
    for (int i = 0; i < 20; i++) {
      var name = "own-" + i;
      var created = api.post(SERVICES, Map.of("image", IMAGE, "name", name)).is(201);
      api.get(created.raw().headers().firstValue(ACTION).orElseThrow()).is(200);
      api.get(created.text("resource_uri")).is(200);
      assertThat(names(SERVICES + "?name=" + name)).containsExactly(name);
    }
  }

  @Test
  void n10EndsEveryActionInSuccessOrFailure() {
    var service = create("ends");
    var started = api.post(uri(service) + "start/").is(202);
    var action = started.raw().headers().firstValue(ACTION).orElseThrow();
    api.post(action + "cancel/");
    await()
        .untilAsserted(
            () -> assertThat(api.get(action).is(200).text("state")).isIn("Success", "Failed"));
  }

  @Test
  void n11AnswersWithTheStatusThatClientsTakeForSuccess() {
    var created = api.post(SERVICES, Map.of("image", IMAGE)).is(201);
    api.patch(created.text("resource_uri"), Map.of("nickname", "n")).is(200);
    api.delete(created.text("resource_uri")).is(202);
  }

  @Test
  void n12WritesDatesAsClientsParseThem() {
    var service = running("dates");
    assertThat(service.path("started_datetime").asString()).matches(DATE);
    assertThat(service.path("deployed_datetime").asString()).matches(DATE);
    assertThat(service.path("stopped_datetime").isNull()).isTrue();
    var node = objects(api.get("/api/infra/v1/node/")).getFirst();
    assertThat(node.path("last_seen").asString()).matches(DATE);
    var action = objects(api.get("/api/audit/v1/action/?state=Success")).getFirst();
    assertThat(action.path("created").asString()).matches(DATE);
    assertThat(action.path("end_date").asString()).matches(DATE);
  }

  @Test
  void n13PagesThroughListsByPathsThatKeepTheirFilters() {
    for (int i = 0; i < 5; i++) {
      create("paged");
    }
    var meta = api.get(SERVICES + "?name=paged&limit=2").is(200).json().path("meta");
    assertThat(meta.path("limit").isIntegralNumber()).isTrue();
    assertThat(meta.path("offset").isIntegralNumber()).isTrue();
    assertThat(meta.path("total_count").asInt()).isEqualTo(5);
    int seen = 2;
    var next = meta.path("next");
    while (!next.isNull()) {
      assertThat(next.asString()).startsWith("/api/app/v1/").contains("name=paged");
      var page = api.get(next.asString()).is(200);
      seen += objects(page).size();
      next = page.json().path("meta").path("next");
    }
    assertThat(seen).isEqualTo(5);
  }

  @Test
  void n14FiltersByAllThatClientsAskFor() {
    var service = running("filtered");
    var uuid = service.path("uuid").asString();
    create("unfiltered");
    assertThat(names(SERVICES + "?name=filtered")).containsExactly("filtered");
    assertThat(names(SERVICES + "?uuid=" + uuid)).containsExactly("filtered");
    assertThat(names(SERVICES + "?uuid__startswith=" + uuid.substring(0, 8)))
        .containsExactly("filtered");
    assertThat(names(SERVICES + "?uuid__startswith=web")).isEmpty();
    assertThat(names(SERVICES + "?state=Running&name=filtered")).containsExactly("filtered");
    assertThat(names(SERVICES + "?state=Stopped&name=filtered")).isEmpty();
    for (var reference : List.of(uri(service), "/api/app/v1/service/" + uuid + "/")) {
      var encoded = URLEncoder.encode(reference, StandardCharsets.UTF_8);
      assertThat(names("/api/app/v1/container/?service=" + encoded)).containsExactly("filtered-1");
    }
    var stack =
        api.post(
                "/api/app/v1/stack/",
                Map.of("name", "pile", "services", List.of(Map.of("name", "in", "image", IMAGE))))
            .is(201);
    var encoded = URLEncoder.encode(stack.text("resource_uri"), StandardCharsets.UTF_8);
    assertThat(names(SERVICES + "?stack=" + encoded)).containsExactly("in");
    assertThat(names(SERVICES + "?stack__name=pile&name=in")).containsExactly("in");
    assertThat(names("/api/app/v1/container/?service__stack__name=pile&name=in-1")).isEmpty();
    assertThat(api.get(SERVICES + "?colour=red").is(400).text("error")).contains("colour");
  }

  @Test
  void n15GivesUuidsOfVersionFour() {
    var service = running("four");
    var container = api.get(service.path("containers").path(0).asString()).is(200);
    for (var uuid : List.of(service.path("uuid").asString(), container.text("uuid"))) {
      assertThat(uuid)
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }
  }

  @Test
  void n16TakesPortsAndTagsInEveryFormAndGivesThemInOne() {
    var fromCli =
        api.call(
                "POST",
                SERVICES,
                """
                {"image":"tutum/hello-world","name":"cli","target_num_containers":2,
                 "container_ports":[{"protocol":"tcp","inner_port":"80","published":true,
                 "outer_port":"8080"}],"tags":[{"name":"prod"}]}""")
            .is(201)
            .json();
    var port = fromCli.path("container_ports").path(0);
    assertThat(port.path("inner_port").isIntegralNumber()).isTrue();
    assertThat(port.path("outer_port").isIntegralNumber()).isTrue();
    assertThat(fromCli.path("tags").path(0).path("name").asString()).isEqualTo("prod");
    var fromGo =
        api.call(
                "POST",
                SERVICES,
                """
                {"bindings":[{"container_path":"/d","host_path":"","rewritable":false}],
                 "container_ports":[{"container":"","inner_port":80,"outer_port":0,
                 "protocol":"tcp"}],"image":"tutum/hello-world","name":"goapp","tags":["a"],
                 "target_num_containers":2}""")
            .is(201)
            .json();
    assertThat(fromGo.path("tags").path(0).path("name").asString()).isEqualTo("a");
    assertThat(fromGo.path("container_ports").path(0).path("published").asBoolean()).isFalse();
    assertThat(fromGo.path("container_ports").path(0).path("outer_port").isNull()).isTrue();
    assertThat(fromGo.path("bindings").path(0).path("host_path").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"True", "False", "true", "false"})
  void n17ReadsWordsOfPythonAsTruth(String reuse) {
    var service = running("truth");
    api.post(uri(service) + "redeploy/?reuse_volumes=" + reuse).is(202);
    awaitState(uri(service), "Running");
  }

  @ParameterizedTest
  @CsvSource({"NAME,linked-a", "UUID,linked-b", "URI,linked-c", "PLAIN_URI,linked-d"})
  void n18FindsTheTargetOfALinkInEveryForm(String form, String name) {
    var target = create(name);
    var uuid = target.path("uuid").asString();
    var reference =
        switch (form) {
          case "NAME" -> name;
          case "UUID" -> uuid;
          case "URI" -> uri(target);
          default -> "/api/app/v1/service/" + uuid + "/";
        };
    var client =
        create("client-" + name, "linked_to_service", List.of(Map.of("to_service", reference)));
    var link = client.path("linked_to_service").path(0);
    assertThat(link.path("to_service").asString()).isEqualTo(uri(target));
    assertThat(link.path("name").asString()).isEqualTo(name);
    var back = api.get(uri(target)).json().path("linked_from_service").path(0);
    assertThat(back.path("from_service").asString()).isEqualTo(uri(client));
  }

  @Test
  void n19PassesOverTheSourceOfALink() {
    var target = create("passed");
    var client =
        create(
            "passer",
            "linked_to_service",
            List.of(Map.of("to_service", uri(target), "name", "x", "from_service", "anything")));
    assertThat(client.path("linked_to_service").path(0).path("from_service").asString())
        .isEqualTo(uri(client));
  }

  @Test
  void n20NamesANodeThatIsInTheListAndAnObjectInEveryAction() {
    running("placed");
    var nodes = objects(api.get("/api/infra/v1/node/")).stream().map(ContractTest::uri).toList();
    for (var container : objects(api.get("/api/app/v1/container/?limit=100"))) {
      assertThat(nodes).contains(container.path("node").asString());
    }
    for (var action : objects(api.get("/api/audit/v1/action/?limit=100"))) {
      assertThat(action.path("object").isString()).as(action.toString()).isTrue();
    }
  }

  @Test
  void n21ShowsTheVariablesThatContainersGet() {
    var service =
        create("calculated", "container_envvars", List.of(Map.of("key", "A", "value", "1")));
    var calculated = api.get(uri(service)).json().path("calculated_envvars");
    assertThat(calculated)
        .anySatisfy(
            variable -> {
              assertThat(variable.path("key").asString()).isEqualTo("A");
              assertThat(variable.path("value").asString()).isEqualTo("1");
              assertThat(variable.path("origin").asString()).isEqualTo("user");
            });
    assertThat(calculated)
        .extracting(variable -> variable.path("origin").asString())
        .contains("tutum");
  }

  @Test
  void n22And23EndLogStreamsThatAreNotFollowed() throws Exception {
    var service = running("logged");
    await()
        .untilAsserted(
            () -> assertThat(api.stream(uri(service) + "logs/?follow=false")).isNotEmpty());
    for (var line : api.stream(uri(service) + "logs/?tail=5&follow=false")) {
      assertThat(line.path("log").asString()).endsWith("\n");
      assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void n24ScalesByAChangeAndAnAction() {
    var service = running("scaled");
    assertThat(api.patch(uri(service), Map.of("target_num_containers", 3)).is(200).text("state"))
        .isEqualTo("Running");
    assertThat(api.get(uri(service)).json().path("current_num_containers").asInt()).isEqualTo(1);
    api.post(uri(service) + "scale/").is(202);
    awaitState(uri(service), "Running");
    await()
        .untilAsserted(
            () ->
                assertThat(api.get(uri(service)).json().path("running_num_containers").asInt())
                    .isEqualTo(3));
    var again = api.post(uri(service) + "scale/").is(202);
    var action = again.raw().headers().firstValue(ACTION).orElseThrow();
    assertThat(api.get(action).text("state")).isEqualTo("Success");
  }

  @Test
  void n25DeploysByARedeployOfWhatDoesNotRun() {
    var service = create("redeployed");
    assertThat(api.post(uri(service) + "redeploy/").is(202).text("state")).isEqualTo("Starting");
    awaitState(uri(service), "Running");
  }
}
