package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
}
