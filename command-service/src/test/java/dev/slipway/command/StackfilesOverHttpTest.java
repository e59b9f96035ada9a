package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Uuids;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stackfiles as people have them: what they say is kept, or refused as a whole and clearly. */
@ExtendWith(OneCommandService.class)
class StackfilesOverHttpTest {

  private static final String STACKS = "/api/app/v1/stack/";
  private static final String SOCKET = "'volumes':['/var/run/docker.sock:/s']";

  private static HttpResponse<String> sent(String method, String path, String body) {
    return send(method, path, body.replace('\'', '"'));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String error(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return json(answer).path("error").asString();
  }

  private static List<String> log(String uuid) {
    return jdbc()
        .queryForList(
            "SELECT payload FROM events WHERE aggregate_identifier = ? ORDER BY sequence_number",
            String.class,
            uuid);
  }

  private static JsonNode firstOf(String uri) {
    var parts = uri.split("/");
    return JsonMapper.shared().readTree(log(parts[parts.length - 1]).getFirst());
  }

  private static String newName() {
    return "n" + Uuids.shortForm(Uuids.random());
  }

  private static int services(String stack) {
    return jdbc()
        .queryForObject("SELECT count(*) FROM services WHERE stack_name = ?", Integer.class, stack);
  }

  /** Fault 10. */
  @Test
  void refuseTheWholeStackForOneServiceAndNameItWithTheRule() {
    var name = newName();
    var answer =
        sent(
            "POST",
            STACKS,
            "{'name':'%s','services':[{'name':'a','image':'demo/hello','volumes':['/:/hostfs:ro']},{'name':'b','image':'demo/hello'}]}"
                .formatted(name));
    assertThat(error(answer))
        .isEqualTo(
            "services[0].volumes[0] is denied by the policy engine_socket of admin: / gives the"
                + " node's Engine away, and root with it (service a)");
    assertThat(services(name)).isZero();
  }

  /** Fault 40. */
  @Test
  void takeAllOfAStackOrNothingAtCreationAndChange() {
    var name = newName();
    var others =
        "{'name':'b','image':'demo/b','links':['a']},{'name':'c','image':'demo/c','volumes_from':['a']}";
    var refused =
        sent(
            "POST",
            STACKS,
            "{'name':'%s','services':[{'name':'a','image':'demo/a',%s},%s]}"
                .formatted(name, SOCKET, others));
    assertThat(error(refused))
        .startsWith("services[0].volumes[0] is denied by the policy engine_socket of admin")
        .endsWith("(service a)");
    assertThat(services(name)).isZero();
    var stack =
        json(
            sent(
                "POST",
                STACKS,
                "{'name':'%s','services':[{'name':'a','image':'demo/a'},%s]}"
                    .formatted(name, others)));
    assertThat(services(name)).isEqualTo(3);
    var changed =
        sent(
            "PATCH",
            stack.path("resource_uri").asString(),
            "{'services':[{'name':'b','image':'demo/b:2'},{'name':'a','image':'demo/a',%s}]}"
                .formatted(SOCKET));
    assertThat(error(changed)).startsWith("services[1].volumes[0] is denied");
    stack.path("services").forEach(uri -> assertThat(log(uri.asString().split("/")[6])).hasSize(1));
  }

  /** Faults 11 and 42. */
  @Test
  void nameWhatHasNoEffectInAHeaderAndInTheAction() {
    var answer =
        sent(
            "POST",
            STACKS,
            "{'name':'%s','services':[{'name':'a','image':'demo/a','enviroment':{},'container_name':'x'}]}"
                .formatted(newName()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var warnings = answer.headers().allValues("Slipway-Warning");
    assertThat(warnings)
        .containsExactly(
            "services[0].enviroment has no effect; did you mean environment? (service a)",
            "services[0].container_name has no effect (service a)");
    var action = firstOf(answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow());
    assertThat(action.at("/request/warnings").valueStream().map(JsonNode::asString))
        .isEqualTo(warnings);
  }

  /** Fault 11, for services. */
  @Test
  void alsoOfServicesNameKeysWithoutEffect() {
    var answer =
        sent("POST", SERVICES, "{'image':'demo/a','environment':{'A':'b'},'autorestrat':'OFF'}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.headers().allValues("Slipway-Warning"))
        .containsExactly(
            "unknown attribute environment (did you mean container_envvars?)",
            "unknown attribute autorestrat (did you mean autorestart?)");
    var uri = json(answer).path("resource_uri").asString();
    var patched = sent("PATCH", uri, json(answer).toString());
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
    assertThat(patched.headers().allValues("Slipway-Warning"))
        .as("what an answer has is no mistake")
        .isEmpty();
  }

  /** Fault 12. */
  @Test
  void keepNumbersInTheTextTheyWereSentIn() {
    var answer =
        sent(
            "POST",
            SERVICES,
            "{'image':'demo/a','labels':{'a':1.10,'b':1e3,'c':-0,'d':12345678901234567890,'e':true},"
                + "'container_envvars':[{'key':'V','value':1.10}],'memory':64.0}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var labels = json(answer).path("labels");
    assertThat(labels.path("a").asString()).isEqualTo("1.10");
    assertThat(labels.path("b").asString()).isEqualTo("1e3");
    assertThat(labels.path("c").asString()).isEqualTo("-0");
    assertThat(labels.path("d").asString()).isEqualTo("12345678901234567890");
    assertThat(labels.path("e").asString()).isEqualTo("true");
    assertThat(json(answer).at("/container_envvars/0/value").asString()).isEqualTo("1.10");
    assertThat(json(answer).path("memory").asInt()).isEqualTo(64);
    var stack =
        sent(
            "POST",
            STACKS,
            "{'name':'%s','services':[{'name':'a','image':'demo/a','environment':{'V':1.10,'W':[1]}}]}"
                .formatted(newName()));
    assertThat(error(stack)).isEqualTo("services[0].environment.W must be text (service a)");
  }

  /** Fault 44. */
  @Test
  void nameTheServiceThatBreaksARule() {
    record Case(String service, String error) {}
    for (var one :
        List.of(
            new Case(
                "'name':'web','image':'a b'",
                "services[0].image must have no white space (got a b) (service web)"),
            new Case(
                "'name':'web','image':'a','restart':'never'",
                "services[0].restart must be one of [OFF, ON_FAILURE, ALWAYS] (service web)"),
            new Case(
                "'name':'web','image':'a','ports':['80:80','81:80']",
                "services[0].ports names an inner port twice: 80/tcp (service web)"),
            new Case(
                "'name':'web','image':'a','autorestart':'always','autodestroy':'always'",
                "services[0].autodestroy must be OFF when autorestart is ALWAYS (service web)"),
            new Case(
                "'name':'version'",
                "services[0].name is version, a top-level key of Compose files"))) {
      var answer = sent("POST", STACKS, "{'name':'s','services':[{%s}]}".formatted(one.service()));
      assertThat(error(answer)).startsWith(one.error());
    }
  }

  /** Fault 18: refused at POST, PATCH and in stacks, before a redeploy takes anything away. */
  @Test
  void areRefusedForWhatNoEngineTakes() {
    assertThat(error(sent("POST", SERVICES, "{'image':'a','memory':4}")))
        .isEqualTo("memory must be at least 6 (got 4)");
    var service = json(sent("POST", SERVICES, "{'image':'a'}")).path("resource_uri").asString();
    assertThat(error(sent("PATCH", service, "{'run_command':'echo \\u0027a'}")))
        .isEqualTo("run_command has a quote ' without an end (got echo 'a)");
    var stack = "{'name':'s','services':[{'name':'web','image':'a','extra_hosts':['db']}]}";
    assertThat(error(sent("POST", STACKS, stack)))
        .isEqualTo(
            "services[0].extra_hosts[0] must be host:address with an IP address or host-gateway"
                + " (got db) (service web)");
  }

  private static HttpResponse<String> stack(String name, String services) {
    return sent("POST", STACKS, "{'name':'%s','services':[%s]}".formatted(name, services));
  }

  private static JsonNode first(HttpResponse<String> stack) {
    assertThat(stack.statusCode()).as(stack.body()).isEqualTo(201);
    return firstOf(json(stack).path("services").path(0).asString()).path("definition");
  }

  private static List<String> warnings(HttpResponse<String> answer) {
    return answer.headers().allValues("Slipway-Warning");
  }

  /** Fault 44: a stack without services is told so. */
  @Test
  void sayThatAStackHasNoServices() {
    var stack = stack(newName(), "");
    assertThat(stack.statusCode()).as(stack.body()).isEqualTo(201);
    var uri = json(stack).path("resource_uri").asString();
    for (var verb : List.of("start", "stop", "redeploy")) {
      var refused = send("POST", uri + verb + "/", "");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(json(refused).path("error").asString())
          .startsWith("Expected to " + verb + " stack ")
          .endsWith(", but it has no services");
    }
  }

  /** Fault 39: as the old reference and YAML write them. */
  @Test
  void takeTheWordsOfEnumerationsInLowerCase() {
    var definition =
        first(
            stack(
                newName(),
                "{'name':'a','image':'a','autorestart':'on_failure','autodestroy':false,"
                    + "'deployment_strategy':'high_availability','net':'Bridge','pid':'NONE'}"));
    assertThat(definition.path("autorestart").asString()).isEqualTo("ON_FAILURE");
    assertThat(definition.path("deployment_strategy").asString()).isEqualTo("HIGH_AVAILABILITY");
    assertThat(definition.path("net").asString()).isEqualTo("bridge");
    for (var word : List.of("'always'", "'on-failure'", "false", "'no'")) {
      var taken = stack(newName(), "{'name':'a','image':'a','autorestart':%s}".formatted(word));
      assertThat(taken.statusCode()).as(word).isEqualTo(201);
    }
  }

  /** Faults 41 and 46. */
  @Test
  void readVariablesAsPeopleMeanThem() {
    var taken =
        stack(newName(), "{'name':'a','image':'a','environment':[{'A':'b'},'C=d','KEY','E=']}");
    assertThat(first(taken).path("container_envvars").toString())
        .isEqualTo(
            "[{'key':'A','value':'b'},{'key':'C','value':'d'},{'key':'E','value':''}]"
                .replace('\'', '"'));
    assertThat(warnings(taken)).singleElement().asString().contains("environment.KEY has no value");
    var refused = stack(newName(), "{'name':'a','image':'a','environment':{'B':{'c':'d'}}}");
    assertThat(error(refused)).isEqualTo("services[0].environment.B must be text (service a)");
    assertThat(error(stack(newName(), "{'name':'a','image':'a','labels':{'B':['c']}}")))
        .isEqualTo("services[0].labels.B must be text (service a)");
  }

  /** Faults 43 and 47. */
  @Test
  void publishNoPortThatIsExposedAndWarnOfPortsThatYamlMisread() {
    assertThat(error(stack(newName(), "{'name':'a','image':'a','expose':['8080:80']}")))
        .startsWith("services[0].expose[0] must be a port of the container only");
    var taken = stack(newName(), "{'name':'a','image':'a','ports':[1342]}");
    assertThat(first(taken).at("/container_ports/0/inner_port").asInt()).isEqualTo(1342);
    assertThat(warnings(taken))
        .containsExactly(
            "services[0].ports[0] is taken for the port 1342; if the file says 22:22, put it in"
                + " quotes: \"22:22\" (service a)");
  }

  /** Fault 45: without an alias, the alias of a service of another stack is its whole name. */
  @Test
  void linkServicesOfOneNameInSeveralStacks() {
    var one = newName();
    var two = newName();
    for (var name : List.of(one, two)) {
      assertThat(stack(name, "{'name':'web','image':'a'}").statusCode()).isEqualTo(201);
    }
    var links = "'links':['web.%s','web.%s']".formatted(one, two);
    var definition = first(stack(newName(), "{'name':'lb','image':'a',%s}".formatted(links)));
    assertThat(definition.path("linked_to_service").findValuesAsString("name"))
        .containsExactly("web." + one, "web." + two);
  }
}
