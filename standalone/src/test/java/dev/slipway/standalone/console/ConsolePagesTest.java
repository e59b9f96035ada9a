package dev.slipway.standalone.console;

import static dev.slipway.standalone.console.OneConsole.SERVICES;
import static dev.slipway.standalone.console.OneConsole.browser;
import static dev.slipway.standalone.console.OneConsole.call;
import static dev.slipway.standalone.console.OneConsole.key;
import static dev.slipway.standalone.console.OneConsole.logIn;
import static dev.slipway.standalone.console.OneConsole.service;
import static dev.slipway.standalone.console.OneConsole.show;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each page of the console: axe finds nothing, in light and dark, and nothing is wider than a
 * phone. {@code -Dslipway.screenshots=true} writes what it looks like into docs/console.
 */
@ExtendWith(OneConsole.class)
class ConsolePagesTest {

  private static final Path SCREENSHOTS = Path.of("../docs/console");
  private static final int PHONE = 390;
  private static final int DESK = 1280;

  /** The name of each page, and where it is. */
  private static Map<String, String> pages() throws Exception {
    var shop =
        call(
            "POST",
            "/api/app/v1/stack/",
            """
            {"name":"shop","services":[
              {"name":"db","image":"demo/db:16","environment":{"PASSWORD":"s3cret"}},
              {"name":"web","image":"demo/web:2","links":["db"],"ports":["8080:80"],
               "target_num_containers":3}]}
            """,
            "The shop opens");
    call("POST", shop.path("resource_uri").asString() + "start/", "", "The shop opens");
    var uuid = service("{\"image\":\"demo/hello\",\"name\":\"picky\",\"tags\":[\"gpu\"]}");
    call("PATCH", SERVICES + uuid + "/", "{\"memory\":256}", "It ran out of memory");
    call("POST", SERVICES + uuid + "/start/", "", "Try it");
    var node = call("GET", "/api/infra/v1/node/", "", "test").at("/objects/0/uuid").asString();
    var pages = new LinkedHashMap<String, String>();
    for (var page : List.of("overview", "services", "stacks", "nodes", "actions", "accounts")) {
      pages.put(page, page);
    }
    pages.put("containers", "containers");
    pages.put("services-new", "services/new");
    pages.put("stack", "stacks/" + shop.path("uuid").asString());
    pages.put("node", "nodes/" + node);
    for (var tab : List.of("containers", "why", "timeline", "definition", "logs", "triggers")) {
      pages.put("service-" + tab, "services/" + uuid + "/" + tab);
    }
    return pages;
  }

  @Test
  void nothingOnAnyPageIsInaccessibleOrTooWide() throws Exception {
    logIn("admin", key());
    var pages = pages();
    var findings = new ArrayList<String>();
    for (var scheme : List.of("light", "dark")) {
      browser().dark(scheme.equals("dark"));
      for (var page : pages.entrySet()) {
        open(page.getValue());
        browser()
            .inaccessible()
            .forEach(one -> findings.add("%s, %s: %s".formatted(page.getKey(), scheme, one)));
        record(page.getKey(), scheme);
      }
    }
    browser().dark(false);
    browser().width(PHONE);
    for (var page : pages.entrySet()) {
      open(page.getValue());
      if (browser().overflow() > 0) {
        findings.add("%s is wider than %d pixels".formatted(page.getKey(), PHONE));
      }
      record(page.getKey(), "phone");
    }
    browser().width(DESK);
    assertThat(findings).isEmpty();
  }

  private static void open(String page) {
    show(page);
    browser().awaitNoText("Loading");
  }

  private static void record(String page, String kind) throws IOException {
    if (Boolean.getBoolean("slipway.screenshots")) {
      browser().screenshot(SCREENSHOTS.resolve("%s-%s.png".formatted(page, kind)));
    }
  }
}
