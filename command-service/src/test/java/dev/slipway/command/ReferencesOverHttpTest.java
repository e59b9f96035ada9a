package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.count;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.error;
import static dev.slipway.command.OneCommandService.jdbc;
import static dev.slipway.command.OneCommandService.json;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Uuids;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What services call each other by, through HTTP and the ledger. */
@ExtendWith(OneCommandService.class)
class ReferencesOverHttpTest {

  private static int last;

  private static String newName() {
    return "ref" + ++last;
  }

  private static JsonNode service(String name) {
    return created("{\"image\":\"demo/hello\",\"name\":\"%s\"}".formatted(name));
  }

  private static String linkTo(String target) {
    return "{\"image\":\"demo/hello\",\"linked_to_service\":[{\"to_service\":\"%s\"}]}"
        .formatted(target);
  }

  private static String volumesOf(String target) {
    return "{\"image\":\"demo/hello\",\"name\":\"user\",\"bindings\":[{\"volumes_from\":\"%s\"}]}"
        .formatted(target);
  }

  /** As if it had been created in a stack. */
  private static JsonNode inStack(String name, String stack) {
    var service = service(name);
    jdbc()
        .update(
            "UPDATE services SET stack_name = ? WHERE service = ?",
            stack,
            service.path("uuid").asString());
    return service;
  }

  private static void isRefused(String body, String message) {
    var answer = send("POST", SERVICES, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo(message);
    assertThat(
            jdbc()
                .queryForObject(
                    "SELECT payload FROM events WHERE aggregate_identifier = ?",
                    String.class,
                    action(answer).split("/")[5]))
        .contains("FAILED");
  }

  @Nested
  class ALink {

    @Test
    void mayNameItsTargetInEveryForm() {
      var name = newName();
      var target = service(name);
      var uuid = target.path("uuid").asString();
      var uri = target.path("resource_uri").asString();
      for (var form :
          List.of(
              name,
              uuid,
              uuid.toUpperCase(java.util.Locale.ROOT),
              uri,
              uri.replaceFirst("/$", ""),
              "/api/app/v1/service/" + uuid + "/",
              "https://cloud.example" + uri)) {
        var link = created(linkTo(form)).path("linked_to_service").path(0);
        assertThat(link.path("to_service").asString()).as(form).isEqualTo(uri);
        assertThat(link.path("name").asString()).isEqualTo(name);
      }
    }

    @Test
    void keepsTheNameThatItIsGivenAndForgetsWhereItComesFrom() {
      var target = service(newName());
      var linking =
          created(
              ("{\"image\":\"a/b\",\"linked_to_service\":[{\"to_service\":\"%s\",\"name\":\"db\","
                      + "\"from_service\":\"/api/app/v1/service/nowhere/\"}]}")
                  .formatted(target.path("name").asString()));
      var link = linking.path("linked_to_service").path(0);
      assertThat(link.path("name").asString()).isEqualTo("db");
      assertThat(link.path("from_service")).isEqualTo(linking.path("resource_uri"));
    }

    @Test
    void isRefusedIfItsTargetIsUnknownOrAnotherNamespaces() {
      var field = "linked_to_service[0].to_service names no service: '%s'";
      var uuid = service(newName()).path("uuid").asString();
      for (var unknown :
          List.of(
              "nobody",
              "nobody.nowhere",
              Uuids.random(),
              "/api/app/v1/other/service/" + uuid + "/",
              "a/b")) {
        isRefused(linkTo(unknown), field.formatted(unknown));
      }
      jdbc().update("UPDATE services SET namespace = 'other' WHERE service = ?", uuid);
      isRefused(linkTo(uuid), field.formatted(uuid));
    }

    @Test
    void isRefusedIfItsNameIsThatOfSeveral() {
      var name = newName();
      var first = service(name).path("uuid").asString();
      var second = service(name).path("uuid").asString();
      isRefused(
          linkTo(name),
          "linked_to_service[0].to_service names 2 services: '%s'; give the uuid of one: %s, %s"
              .formatted(name, first, second));
      send("DELETE", SERVICES + first + "/", "");
      assertThat(
              created(linkTo(name)).path("linked_to_service").path(0).path("to_service").asString())
          .contains(second);
    }

    @Test
    void meansTheServiceOfItsOwnStackFirst() {
      var name = newName();
      var alone = service(name);
      var stacked = inStack(name, "shop");
      assertThat(target(created(linkTo(name)))).isEqualTo(alone.path("resource_uri"));
      assertThat(target(created(linkTo(name + ".shop")))).isEqualTo(stacked.path("resource_uri"));
      var sibling = inStack(newName(), "shop");
      var changed = send("PATCH", sibling.path("resource_uri").asString(), linkTo(name));
      assertThat(target(json(changed))).isEqualTo(stacked.path("resource_uri"));
    }

    private JsonNode target(JsonNode service) {
      return service.path("linked_to_service").path(0).path("to_service");
    }

    @Test
    void mayPointToItselfButNotTwiceUnderOneName() {
      var service = service(newName());
      var uri = service.path("resource_uri").asString();
      var link = "{\"to_service\":\"%s\"}".formatted(service.path("name").asString());
      var changed = send("PATCH", uri, "{\"linked_to_service\":[%s]}".formatted(link));
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(json(changed).path("linked_from_service"))
          .isEqualTo(json(changed).path("linked_to_service"));
      var twice = send("PATCH", uri, "{\"linked_to_service\":[%s,%s]}".formatted(link, link));
      assertThat(twice.statusCode()).isEqualTo(400);
      assertThat(error(twice)).startsWith("linked_to_service uses a name twice");
    }

    @Test
    void isShownByTheTargetUntilItIsTakenBack() {
      var target = service(newName());
      var uri = target.path("resource_uri").asString();
      var first = created(linkTo(target.path("name").asString()));
      var second = created(linkTo(target.path("name").asString()));
      var links = json(send("PATCH", uri, "{\"memory\":64}")).path("linked_from_service");
      assertThat(links.valueStream().map(link -> link.path("from_service")))
          .containsExactly(first.path("resource_uri"), second.path("resource_uri"));
      assertThat(links.path(0)).isEqualTo(first.path("linked_to_service").path(0));
      send("PATCH", first.path("resource_uri").asString(), "{\"linked_to_service\":[]}");
      send("DELETE", second.path("resource_uri").asString(), "");
      assertThat(json(send("PATCH", uri, "{\"memory\":65}")).path("linked_from_service")).isEmpty();
    }

    @Test
    void mustNotBeOneOfFarTooMany() {
      isRefused(
          "{\"image\":\"a\",\"linked_to_service\":[%s]}"
              .formatted(String.join(",", java.util.Collections.nCopies(1001, "{}"))),
          "linked_to_service must have at most 1000 entries");
    }
  }

  @Nested
  class VolumesOfAnother {

    @Test
    void keepTheirOwnerUntilNobodyUsesThem() {
      var owner = service(newName());
      var uri = owner.path("resource_uri").asString();
      var user = created(volumesOf(owner.path("name").asString()));
      assertThat(user.path("bindings").path(0).path("volumes_from"))
          .isEqualTo(owner.path("resource_uri"));
      var refused = send("DELETE", uri, "");
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(error(refused))
          .contains("its volumes are used by user (" + user.path("uuid").asString() + ")");
      assertThat(send("DELETE", user.path("resource_uri").asString(), "").statusCode())
          .isEqualTo(202);
      assertThat(send("DELETE", uri, "").statusCode()).isEqualTo(202);
      assertThat(
              count(
                  "SELECT count(*) FROM services WHERE service IN (?, ?)",
                  owner.path("uuid").asString(),
                  user.path("uuid").asString()))
          .isZero();
    }

    @Test
    void areNotToBeHadFromOneThatIsUnknownOrEnds() {
      isRefused(volumesOf("nobody"), "bindings[0].volumes_from names no service: 'nobody'");
      var gone = service(newName());
      send("DELETE", gone.path("resource_uri").asString(), "");
      var uuid = gone.path("uuid").asString();
      isRefused(volumesOf(uuid), "bindings[0].volumes_from names no service: '" + uuid + "'");
    }

    @Test
    void areNotOnesOwn() {
      var service = service(newName());
      var answer =
          send(
              "PATCH",
              service.path("resource_uri").asString(),
              "{\"bindings\":[{\"volumes_from\":\"%s\"}]}"
                  .formatted(service.path("uuid").asString()));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer)).isEqualTo("bindings[0].volumes_from must be another service");
    }
  }
}
