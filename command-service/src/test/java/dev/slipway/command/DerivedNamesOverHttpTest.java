package dev.slipway.command;

import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.wire.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that nobody gave are legal too. */
@ExtendWith(OneCommandService.class)
class DerivedNamesOverHttpTest {

  private static final String LONG_PART =
      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst";

  @ParameterizedTest
  @CsvSource({
    "rocketchat/rocket.chat,rocket-chat",
    "demo/a__b:1.0,a__b",
    "r.example:5000/x/y.z@sha256:0123456789012345678901234567890123456789012345678901234567890123,y-z",
    "demo/" + LONG_PART + ",abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"
  })
  void aServiceHasTheNearestLegalNameOfItsImage(String image, String name) {
    var created = created("{\"image\":\"%s\"}".formatted(image));
    assertThat(created.path("name").asString()).isEqualTo(name);
    var stored =
        OneCommandService.jdbc()
            .queryForObject(
                "SELECT payload FROM events WHERE aggregate_identifier = ? AND sequence_number = 0",
                String.class,
                created.path("uuid").asString());
    assertThat(stored).contains("\"name\":\"%s\"".formatted(name));
    assertThat(Wire.MAPPER.readValue(stored, ServiceCreated.class).definition().json())
        .containsEntry("name", name);
  }

  @Test
  void aServiceOfAStackToo() {
    var answer =
        send(
            "POST",
            "/api/app/v1/stack/",
            "{\"name\":\"chat\",\"services\":[{\"image\":\"rocketchat/rocket.chat\"}]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    var twice =
        send(
            "POST",
            "/api/app/v1/stack/",
            "{\"name\":\"twice\",\"services\":[{\"image\":\"rocket.chat\"},{\"image\":\"rocket-chat\"}]}");
    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(error(twice)).contains("services[1].name", "rocket-chat");
  }

  /** Fault 26: null passes the image's own through, where the API page says {@code /} and root. */
  @Test
  void folderAndUserThatNobodyHasSetAreNull() {
    var unset = created("{\"image\":\"demo/hello\"}");
    assertThat(unset.path("working_dir").isNull()).isTrue();
    assertThat(unset.path("user").isNull()).isTrue();
    var set = created("{\"image\":\"demo/hello\",\"working_dir\":\"/\",\"user\":\"root\"}");
    assertThat(set.path("working_dir").asString()).isEqualTo("/");
    assertThat(set.path("user").asString()).isEqualTo("root");
  }
}
