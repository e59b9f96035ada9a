package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.api.ReadModel;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stacks over HTTP on a real PostgreSQL, with no node: what starts waits until its deadline. */
class StacksOverHttpTest {

  private static final String STACKS = "/api/app/v1/stack/";
  private static final String SERVICES = "/api/app/v1/service/";
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static String base;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CommandServiceConfiguration.class)
  static class WithoutReaders {
    @Bean
    ReadModel readModel() {
      return (_, _) -> true;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    context =
        new SpringApplicationBuilder(WithoutReaders.class)
            .properties("spring.config.name=command-service")
            .run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.query=false",
                "--slipway.operation-deadline=2s",
                "--slipway.kafka=127.0.0.1:1",
                "--slipway.publishing-patience=1h",
                "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
    base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Basic YWRtaW46a2V5")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static JsonNode created(String path, String body) throws Exception {
    var answer = send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static JdbcTemplate jdbc() {
    return context.getBean(JdbcTemplate.class);
  }

  private static List<JsonNode> log(String uuid) {
    return jdbc()
        .queryForList(
            "SELECT payload FROM events WHERE aggregate_identifier = ? ORDER BY sequence_number",
            String.class,
            uuid)
        .stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static List<String> types(String uuid) {
    return jdbc()
        .queryForList(
            "SELECT payload_type FROM events WHERE aggregate_identifier = ?"
                + " ORDER BY sequence_number",
            String.class,
            uuid);
  }

  private static String uuid(JsonNode uri) {
    return uri.asString().split("/")[6];
  }

  private static String uuidOf(JsonNode stack, String name) {
    return jdbc()
        .queryForObject(
            "SELECT service FROM services WHERE stack = ? AND name = ?",
            String.class,
            stack.path("uuid").asString(),
            name);
  }

  private static String actionOf(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow().split("/")[5];
  }

  @Test
  void goesFromAFileToWorkOnEachServiceAndToItsEnd() throws Exception {
    var stack =
        created(
            STACKS,
            """
            {'name':'mystack','services':[
              {'image':'dockercloud/haproxy','links':['web'],'ports':['80:80'],'name':'lb'},
              {'image':'demo/web','environment':{'A':'secret'},'target_num_containers':2,
               'name':'web','linked_to_service':[{'to_service':'lb'}]}]}
            """);
    assertThat(stack.path("state").asString()).isEqualTo("Not running");
    assertThat(stack.path("services")).hasSize(2);
    var first = log(uuid(stack.path("services").get(0))).getFirst();
    var second = log(uuid(stack.path("services").get(1))).getFirst();
    assertThat(first.at("/definition/name").asString()).isEqualTo("web");
    assertThat(first.at("/stack/name").asString()).isEqualTo("mystack");
    assertThat(second.at("/definition/linked_to_service/0/to_service").asString())
        .isEqualTo(uuid(stack.path("services").get(0)));

    var started = send("POST", stack.path("resource_uri").asString() + "start/", "{}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    assertThat(json(started).path("state").asString()).isEqualTo("Starting");
    assertThat(types(uuid(stack.path("services").get(1)))).contains("OperationBegun");
    assertThat(types(uuid(stack.path("services").get(0))))
        .as("of two that link to each other one waits for the other")
        .doesNotContain("OperationBegun");
    var again = send("POST", stack.path("resource_uri").asString() + "stop/", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(log(actionOf(again)).getFirst().path("state").asString()).isEqualTo("FAILED");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(types(actionOf(started))).hasSize(2));
    var end = log(actionOf(started)).getLast();
    assertThat(end.path("state").asString()).isEqualTo("FAILED");
    assertThat(end.path("reason").asString()).contains("web: ", "lb: ");
    assertThat(types(uuid(stack.path("services").get(0)))).contains("OperationBegun");
    assertThat(types(stack.path("uuid").asString())).endsWith("StackOperationEnded");
    assertThat(jdbc().queryForObject("SELECT count(*) FROM stack_work", Long.class)).isZero();
    var gone = send("DELETE", stack.path("resource_uri").asString(), "");
    assertThat(json(gone).path("state").asString()).isIn("Terminating", "Terminated");
    await().until(() -> types(stack.path("uuid").asString()).contains("StackTerminated"));
    assertThat(log(actionOf(gone)).getLast().path("state").asString()).isEqualTo("SUCCESS");
    assertThat(log(actionOf(gone)).getFirst().at("/request/object").asString())
        .isEqualTo(stack.path("resource_uri").asString());
  }

  @Test
  void showsNoValueOfAVariableInTheAction() throws Exception {
    var answer =
        send(
            "POST",
            STACKS,
            """
            {'name':'s','services':[{'image':'a','environment':['A=hidden1']},
              {'image':'b','environment':{'B':'hidden2'}},
              {'image':'c','container_envvars':[{'key':'C','value':'hidden3'}]}]}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(log(actionOf(answer)).getFirst().toString())
        .contains("A=***")
        .doesNotContain("hidden");
  }

  @Test
  void asksAServiceOnceThoughTheFirstTryWasCutShort() throws Exception {
    var stack = created(STACKS, "{'name':'s','services':[{'image':'demo/a'}]}");
    var service = uuid(stack.path("services").get(0));
    var started = send("POST", stack.path("resource_uri").asString() + "start/", "");
    assertThat(started.statusCode()).isEqualTo(202);
    jdbc().update("UPDATE stack_work SET sent = FALSE WHERE service = ?", service);
    await().until(() -> types(actionOf(started)).contains("ActionEnded"));
    assertThat(types(service)).containsOnlyOnce("OperationBegun");
  }

  @Test
  void changesWhatIsThereMakesWhatIsNewAndKeepsWhatIsGone() throws Exception {
    var stack =
        created(
            STACKS,
            "{'name':'s','services':[{'image':'demo/a'},{'image':'demo/b','mem_limit':'64m'}]}");
    var uri = stack.path("resource_uri").asString();
    var patched =
        send(
            "PATCH",
            uri,
            "{'nickname':'nick','services':[{'image':'demo/b:2'},{'image':'c','links':['a']}]}");
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
    assertThat(json(patched).path("nickname").asString()).isEqualTo("nick");
    assertThat(json(patched).path("services")).hasSize(3);
    var a = stack.path("services").get(0);
    var b = log(uuid(stack.path("services").get(1))).getLast();
    var c = log(uuid(json(patched).path("services").get(2))).getFirst();
    assertThat(b.at("/changes").toString()).isEqualTo("{\"image\":\"demo/b:2\",\"memory\":null}");
    assertThat(c.at("/definition/linked_to_service/0/to_service").asString()).isEqualTo(uuid(a));
    assertThat(types(uuid(a))).containsExactly("ServiceCreated");
  }

  @Test
  void findsServicesOfOtherStacksAndOfNone() throws Exception {
    var loose = created(SERVICES, "{'image':'demo/loose'}");
    var common = created(STACKS, "{'name':'common','services':[{'image':'demo/db'}]}");
    var stack =
        created(
            STACKS, "{'name':'s','services':[{'image':'demo/x','links':['db.common:d','loose']}]}");
    var links = log(uuid(stack.path("services").get(0))).getFirst();
    assertThat(links.at("/definition/linked_to_service").findValuesAsString("to_service"))
        .containsExactly(uuid(common.path("services").get(0)), loose.path("uuid").asString());
  }

  @Test
  void answersEveryBadRequestInJson() throws Exception {
    var uri = created(STACKS, "{'name':'s'}").path("resource_uri").asString();
    var unknown = STACKS + "5e0c7d7e-0000-4000-8000-00000000dead/";
    record Case(String method, String path, String body, int status, String error) {}
    for (var one :
        List.of(
            new Case("POST", STACKS, "{}", 400, "name is required"),
            new Case("POST", STACKS, "{'name':'a b'}", 400, "name must"),
            new Case("POST", STACKS, "{'name':'s','services':{}}", 400, "services must"),
            new Case(
                "POST",
                STACKS,
                "{'name':'s','services':[{}]}",
                400,
                "services[0].image is required"),
            new Case(
                "POST",
                STACKS,
                "{'name':'s','services':[{'image':'a','memory':'x'}]}",
                400,
                "services[0].memory must be a whole number"),
            new Case(
                "POST",
                STACKS,
                "{'name':'s','services':[{'image':'a','build':'.','name':'web'}]}",
                400,
                "services[0].build is not supported in a stack (service web)"),
            new Case("PATCH", unknown, "{}", 404, unknown.replace("v1/", "v1/admin/")),
            new Case("POST", unknown + "start/", "", 404, "does not exist"),
            new Case("DELETE", STACKS + "web/", "", 404, "stack web"),
            new Case("POST", uri + "start/", "", 409, "has no services"),
            new Case("POST", uri + "redeploy/?reuse_volumes=maybe", "", 400, "reuse_volumes"))) {
      var answer = send(one.method(), one.path(), one.body());
      assertThat(answer.statusCode()).as(one + ": " + answer.body()).isEqualTo(one.status());
      assertThat(json(answer).path("error").asString()).contains(one.error());
    }
    var gone = send("DELETE", uri, "");
    assertThat(json(gone).path("state").asString()).isEqualTo("Terminated");
    assertThat(send("POST", uri + "start/", "").statusCode()).isEqualTo(409);
  }

  private static List<String> order(String... types) {
    return jdbc()
        .queryForList(
            "SELECT aggregate_identifier || ' ' || payload_type FROM events"
                + " ORDER BY tx, global_index",
            String.class)
        .stream()
        .filter(List.of(types)::contains)
        .toList();
  }

  @Test
  void startsAServiceWhenWhatItLinksToHasEndedItsStart() throws Exception {
    var stack =
        created(
            STACKS,
            "{'name':'s','services':[{'image':'demo/web','links':['db']},{'image':'demo/db'}]}");
    var db = uuidOf(stack, "db");
    var web = uuidOf(stack, "web");
    var started = send("POST", stack.path("resource_uri").asString() + "start/", "");
    assertThat(started.statusCode()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> types(actionOf(started)).contains("ActionEnded"));
    assertThat(order(db + " OperationEnded", web + " OperationBegun"))
        .containsExactly(db + " OperationEnded", web + " OperationBegun");
  }

  @Test
  void startsWhatAServiceDependsOnBeforeIt() throws Exception {
    var stack =
        created(
            STACKS,
            "{'name':'ordered','services':[{'name':'web','image':'demo/a','depends_on':['db']},"
                + "{'name':'db','image':'demo/a'}]}");
    var db = uuidOf(stack, "db");
    var web = uuidOf(stack, "web");
    assertThat(log(web).getFirst().at("/definition/depends_on/0").asString()).isEqualTo(db);
    var started = send("POST", stack.path("resource_uri").asString() + "start/", "");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    assertThat(types(db)).contains("OperationBegun");
    assertThat(types(web)).as("it waits for the other's end").containsExactly("ServiceCreated");
    await().until(() -> types(web).contains("OperationBegun"));
    var loose = created(SERVICES, "{'image':'demo/a','depends_on':['db.ordered']}");
    assertThat(uuid(loose.at("/depends_on/0"))).isEqualTo(db);
    var unknown = send("POST", SERVICES, "{'image':'demo/a','depends_on':['nobody']}");
    assertThat(json(unknown).path("error").asString()).startsWith("depends_on[0] names no service");
  }

  @Test
  void terminatesAServiceBeforeTheOneWhoseVolumesItUses() throws Exception {
    var stack =
        created(
            STACKS,
            """
            {'name':'s','services':[{'image':'demo/db'},
              {'image':'demo/backup','bindings':[{'volumes_from':'db'}]}]}
            """);
    var db = uuidOf(stack, "db");
    var backup = uuidOf(stack, "backup");
    var gone = send("DELETE", stack.path("resource_uri").asString(), "");
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> types(actionOf(gone)).contains("ActionEnded"));
    assertThat(log(actionOf(gone)).getLast().path("state").asString()).isEqualTo("SUCCESS");
    assertThat(order(db + " ServiceTerminated", backup + " ServiceTerminated"))
        .containsExactly(backup + " ServiceTerminated", db + " ServiceTerminated");
  }

  @Test
  void anOperationThatCannotBeEndedHoldsUpNoOther() throws Exception {
    jdbc()
        .update(
            "INSERT INTO operations (service, operation, deadline)"
                + " VALUES ('in-no-log', 'none', now() - interval '1 day')");
    var uri = created(SERVICES, "{'image':'demo/late'}").path("resource_uri").asString();
    send("POST", uri + "start/", "");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> types(uri.split("/")[6]).contains("OperationEnded"));
    jdbc().update("DELETE FROM operations WHERE operation = 'none'");
  }
}
