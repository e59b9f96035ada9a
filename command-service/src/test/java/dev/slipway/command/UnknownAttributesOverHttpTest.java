package dev.slipway.command;

import static dev.slipway.command.OneCommandService.NODE;
import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.bean;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static dev.slipway.command.OneCommandService.withNode;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Attributes in a body that have no effect: named, or refused where the client asks for that. */
@ExtendWith(OneCommandService.class)
class UnknownAttributesOverHttpTest {

  private static final String BODY =
      "{\"image\":\"demo/hello\",\"nam\":\"x\",\"colour\":1,\"name\":\"strict\"}";

  @Test
  void areNamedInOneHeaderEach() {
    var answer = send("POST", SERVICES, BODY);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().allValues("Slipway-Warning"))
        .containsExactly("unknown attribute nam (did you mean name?)", "unknown attribute colour");
    var uri = json(answer).path("resource_uri").asString();
    assertThat(send("PATCH", uri, "{\"memry\":64}").headers().allValues("Slipway-Warning"))
        .containsExactly("unknown attribute memry (did you mean memory?)");
    assertThat(send("PATCH", uri, "{\"memory\":64}").headers().map())
        .doesNotContainKey("Slipway-Warning");
  }

  @Test
  void areRefusedWhereTheClientIsStrict() {
    var stack =
        "{\"name\":\"s\",\"services\":[{\"name\":\"a\",\"image\":\"demo/hello\",\"imag\":1}]}";
    for (var dry : new String[] {"", "&dry_run=true"}) {
      var answer = send("POST", SERVICES + "?strict=true" + dry, BODY);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer))
          .contains("unknown attribute nam (did you mean name?); unknown attribute colour");
    }
    var refused = send("POST", "/api/app/v1/stack/?strict=true", stack);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(error(refused)).contains("services[0].imag");
    assertThat(action(refused)).isNotEmpty();
    assertThat(send("POST", "/api/app/v1/stack/?strict=false", stack).statusCode()).isEqualTo(201);
    assertThat(error(send("POST", SERVICES + "?strict=maybe", BODY)))
        .isEqualTo("strict must be true or false");
  }

  @Test
  void ofAStrictClientAreNoneIfAllAreKnown() {
    var answer = send("POST", SERVICES + "?strict=true", "{\"image\":\"demo/hello\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  /** Every write that takes a body, with what stands for the variables of its path. */
  private static Map<String, String> writes() {
    var service = json(send("POST", SERVICES, "{\"image\":\"demo/hello\"}"));
    var uuid = service.path("uuid").asString();
    withNode();
    send("POST", SERVICES + uuid + "/start/", "");
    var container =
        jdbc()
            .queryForList("SELECT container FROM placements WHERE service = ?", String.class, uuid)
            .getFirst();
    var canceled = action(send("PATCH", SERVICES + uuid, "{\"nickname\":\"x\"}"));
    return Map.of(
        "/api/app/v1/service/{uuid}", uuid,
        "/api/app/v1/container/{uuid}", container,
        "/api/audit/v1/action/{uuid}", canceled.split("/")[5],
        "/api/app/v1/stack/{uuid}", NODE,
        "/api/infra/v1/node/{uuid}", NODE);
  }

  @Test
  void areRefusedByEveryWriteIfTheClientIsStrict() {
    var things = writes();
    var asked = new TreeSet<String>();
    for (var mapping : mappings()) {
      var body =
          mapping.endsWith("/session")
              ? "{\"user\":\"admin\",\"apikey\":\"key\",\"nonsense\":1}"
              : "{\"nonsense\":1}";
      var method = mapping.substring(0, mapping.indexOf(' '));
      var path = mapping.substring(method.length() + 1);
      for (var thing : things.entrySet()) {
        path = path.replace(thing.getKey(), thing.getKey().replace("{uuid}", thing.getValue()));
      }
      path = path.replace("{kind:repository|registry}", "repository");
      path = path.replace("{name}", "admin").replace("{user}", "admin");
      path = path.replace("{trigger}", NODE).replace("{container}", NODE);
      if (EXCEPT.contains(mapping)) {
        continue;
      }
      var answer = send(method, path + "?strict=true", body);
      assertThat(error(answer)).as(mapping).contains("unknown attribute nonsense");
      assertThat(answer.statusCode()).as(mapping).isEqualTo(400);
      asked.add(mapping);
    }
    assertThat(asked).contains("POST /api/app/v1/service", "PATCH /api/infra/v1/node/{uuid}");
    assertThat(asked).hasSizeGreaterThan(35);
  }

  /** What takes any text or no body at all, or needs something that the test does not make. */
  private static final Set<String> EXCEPT =
      Set.of(
          "POST /api/app/v1/service/{uuid}/trigger/{trigger}/call",
          "POST /api/app/v1/service/{uuid}/trigger/{trigger}/call/{more}",
          "POST /api/infra/v1/node/{uuid}/unowned/{container}/adopt",
          "PATCH /api/repo/v1/{kind:repository|registry}/{*name}",
          "DELETE /api/repo/v1/{kind:repository|registry}/{*name}",
          "DELETE /api/account/v1/user/{name}",
          "DELETE /api/account/v1/organisation/{name}/member/{user}",
          "DELETE /api/account/v1/apikey/{uuid}",
          "PUT /api/account/v1/session",
          "DELETE /api/account/v1/session");

  /** Each method and path by which clients change something. */
  private static Set<String> mappings() {
    var all = new TreeSet<String>();
    bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            info ->
                info.getMethodsCondition().getMethods().stream()
                    .filter(method -> method != RequestMethod.GET)
                    .forEach(
                        method ->
                            info.getPatternValues().stream()
                                .filter(pattern -> pattern.startsWith("/api/"))
                                .forEach(pattern -> all.add(method + " " + pattern))));
    return all;
  }

  @Test
  void areNamedByEveryKindOfWrite() {
    for (var one :
        Map.of(
                "user/", "'name':'strict-user','nam':1",
                "apikey/", "'label':'x','lable':1",
                "policy/admin", "'exec':'allow','exek':1",
                "quota/admin", "'stacks':null,'stakcs':1")
            .entrySet()) {
      var method = one.getKey().contains("admin") ? "PATCH" : "POST";
      var body = "{" + one.getValue().replace('\'', '"') + "}";
      var answer = send(method, "/api/account/v1/" + one.getKey(), body);
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
      assertThat(answer.headers().allValues("Slipway-Warning"))
          .as(body)
          .singleElement()
          .asString()
          .startsWith("unknown attribute ")
          .contains("did you mean");
      assertThat(logged(answer)).contains("did you mean");
    }
    var uri = json(send("POST", SERVICES, "{\"image\":\"a\"}")).path("resource_uri").asString();
    for (var path : List.of("trigger/", "scale/", "redeploy/?reuse_volumes=true", "stop/")) {
      var answer = send("POST", uri + path, "{\"oparation\":1,\"reuse_volumes\":true}");
      if (answer.statusCode() < 300) {
        assertThat(answer.headers().firstValue("Slipway-Warning").orElseThrow())
            .startsWith("unknown attribute ");
      }
      assertThat(logged(answer)).as(path).contains("unknown attribute oparation");
    }
    var stack = send("POST", "/api/app/v1/stack/", "{\"name\":\"top\",\"version\":\"2\"}");
    assertThat(stack.headers().allValues("Slipway-Warning"))
        .containsExactly("unknown attribute version");
    var node = send("POST", "/api/infra/v1/token/", "{\"a\":1}");
    assertThat(node.headers().allValues("Slipway-Warning")).containsExactly("unknown attribute a");
  }

  private static String logged(HttpResponse<String> answer) {
    return jdbc()
        .queryForList(
            "SELECT payload FROM events WHERE aggregate_identifier = ?",
            String.class,
            action(answer).split("/")[5])
        .toString();
  }
}
