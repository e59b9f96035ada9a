package dev.slipway.standalone.console;

import static dev.slipway.standalone.console.OneConsole.SERVICES;
import static dev.slipway.standalone.console.OneConsole.browser;
import static dev.slipway.standalone.console.OneConsole.call;
import static dev.slipway.standalone.console.OneConsole.get;
import static dev.slipway.standalone.console.OneConsole.key;
import static dev.slipway.standalone.console.OneConsole.logIn;
import static dev.slipway.standalone.console.OneConsole.send;
import static dev.slipway.standalone.console.OneConsole.service;
import static dev.slipway.standalone.console.OneConsole.show;
import static dev.slipway.standalone.console.OneConsole.uri;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** The console in a real browser, on a simulated Slipway. */
@ExtendWith(OneConsole.class)
class ConsoleTest {

  private static final String HOSTILE =
      "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>";

  @BeforeEach
  void isLoggedIn() {
    logIn("admin", key());
  }

  @Test
  void aServiceIsMadeByTheFormAndChangedRestoredAndExplained() throws Exception {
    show("services/new");
    browser().type("//label[.='Image']/following-sibling::input", "demo/hello:1");
    browser().type("//label[.='Name']/following-sibling::input", "shopfront");
    browser().click("//button[.='Preview']");
    browser().awaitText("Reason");
    browser().type("//dialog//input[@placeholder='Why this change?']", "first größer");
    browser().click("//dialog//footer/button[.='Apply' or .='Create']");
    browser().awaitText("shopfront-1");
    browser().awaitText("1/1");
    show("services");
    browser().click("//a[.='shopfront']");
    browser().click("//nav[contains(@class,'tabs')]/a[.='Why']");
    browser().awaitText("shopfront is running");

    browser().click("//nav[contains(@class,'tabs')]/a[.='Definition']");
    browser().replace("//label[.='Image']/following-sibling::input", "demo/hello:2");
    browser().click("//button[.='Preview the change']");
    browser().awaitText("demo/hello:1");
    browser().click("//dialog//footer/button[.='Apply']");
    browser().awaitText("not redeployed yet");

    browser().click("//nav[contains(@class,'tabs')]/a[.='Timeline']");
    browser().awaitText("first größer");
    browser().click("//ol[contains(@class,'entries')]/li[last()]/button");
    browser().awaitText("Since then");
    browser().click("//button[contains(.,'Restore this version')]");
    browser().awaitText("Reason");
    browser().click("//dialog//footer/button[contains(@class,'primary')]");
    browser().awaitNoText("Why this change?");
    browser().click("//nav[contains(@class,'tabs')]/a[.='Logs']");
    browser().awaitText("this container is simulated");
  }

  @Test
  void whatNoNodeTakesIsExplained() throws Exception {
    var uuid = service("{\"image\":\"demo/job\",\"name\":\"picky\",\"tags\":[\"gpu\"]}");
    call("POST", SERVICES + uuid + "/start/", "", "test");
    show("services/" + uuid + "/why");
    browser().awaitText("lacks the tag gpu");
    show("overview");
    browser().awaitText("picky");
  }

  @Test
  void hostileTextIsShownAsTextAndBreaksNoLayout() throws Exception {
    var body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "image",
                    "demo/hostile",
                    "name",
                    "hostile",
                    "run_command",
                    HOSTILE + "\u001b[31m\u202e" + "x".repeat(60_000),
                    "container_envvars",
                    List.of(Map.of("key", "HOSTILE", "value", HOSTILE + "y".repeat(60_000)))));
    var uuid = service(body);
    call("POST", SERVICES + uuid + "/start/", "", HOSTILE);
    for (var page :
        List.of(
            "services",
            "actions",
            "services/" + uuid + "/timeline",
            "overview",
            "services/" + uuid + "/definition",
            "services/" + uuid + "/logs")) {
      show(page);
      browser().awaitNoText("Loading");
      assertThat(browser().run("return window.hurt ?? null")).as(page).isNull();
      assertThat(browser().number("return document.querySelectorAll('main img').length"))
          .as(page)
          .isZero();
      assertThat(browser().overflow()).as(page).isZero();
    }
    show("services/" + uuid + "/timeline");
    browser().awaitText("<img src=x");
  }

  @Test
  void aReaderSeesAndChangesNothing() throws Exception {
    var uuid = service("{\"image\":\"demo/hello\",\"name\":\"readonly\"}");
    var reader =
        call("POST", "/api/account/v1/apikey/", "{\"role\":\"reader\"}", "test")
            .path("apikey")
            .asString();
    logIn("admin", reader);
    show("services/" + uuid);
    browser().awaitText("readonly");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        browser()
                            .number(
                                "return [...document.querySelectorAll('.buttons button')]"
                                    + ".filter((b) => ['Start','Stop','Redeploy','Scale']"
                                    + ".includes(b.innerText.trim()) && !b.disabled).length"))
                    .isZero());
  }

  @Test
  void theSessionsCookieIsOutOfReachOfScriptsAndUselessElsewhere() throws Exception {
    assertThat(browser().run("return document.cookie")).isEqualTo("");
    var cookie = browser().cookies().iterator().next();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Strict");
    assertThat(String.valueOf(browser().run("return JSON.stringify(localStorage)")))
        .doesNotContain(cookie.getValue(), key());
    var stolen =
        HttpRequest.newBuilder(uri(SERVICES))
            .header("Cookie", "slipway=" + cookie.getValue())
            .header("Origin", "http://127.0.0.1:1")
            .POST(BodyPublishers.ofString("{\"image\":\"demo/stolen\"}"))
            .build();
    assertThat(send(stolen).statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionThatEndsAsksForALoginAndTheLoginContinues() throws Exception {
    show("services");
    browser().awaitText("Every state");
    browser().forgetCookies();
    show("stacks");
    browser().awaitText("Log in again");
    browser().type("//input[@name='apikey']", key());
    browser().click("//button[.='Log in']");
    browser().awaitNoText("Log in again");
  }

  @Test
  void filesAreServedWithAStrictPolicyAndCachedForEver() throws Exception {
    var page = get("/console/");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self' 'sha256-")
        .contains("style-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(
            get("/console/terminal").headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("style-src 'self' 'unsafe-inline'")
        .doesNotContain("script-src 'self' 'unsafe");
    var script = page.body().replaceAll("(?s).*src=\"(/console/[0-9a-f]+/js/app.js)\".*", "$1");
    var app = get(script);
    assertThat(app.statusCode()).isEqualTo(200);
    assertThat(app.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
    assertThat(app.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(app.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(get("/console/0000/js/app.js").statusCode()).isEqualTo(404);
    assertThat(get("/console/index.html").statusCode()).isEqualTo(404);
  }
}
