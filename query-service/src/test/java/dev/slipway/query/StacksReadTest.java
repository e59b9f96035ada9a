package dev.slipway.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stacks over HTTP, from records in a log to JSON. */
class StacksReadTest extends StackReads {

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
